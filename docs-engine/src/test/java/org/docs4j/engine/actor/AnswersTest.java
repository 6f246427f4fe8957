package org.docs4j.engine.actor;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.docs4j.api.DocsException;
import org.docs4j.api.StoreException;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void giveAll_whenAResultFails_failsThatOneAndGivesTheOthers() {
    Running<Boolean> broken = new Running<>(new StoreAction.Flush(), Asker.NODE);
    Running<Boolean> other = new Running<>(new StoreAction.Flush(), Asker.NODE);
    Answers answers = new Answers();
    answers.done(broken); // it was never begun, so asking for its result throws
    answers.failed(other, new StoreException("test"));
    answers.giveAll();
    for (Running<Boolean> running : List.of(broken, other)) {
      assertInstanceOf(
          DocsException.class, assertThrows(CompletionException.class, () -> running.answer().getNow(false)).getCause());
    }
  }
}
