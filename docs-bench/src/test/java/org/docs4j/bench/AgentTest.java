package org.docs4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.spi.Environment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentTest {
  private final Environment environment = Environment.system();
  private final PipedWriter questions = new PipedWriter();
  private final CountDownLatch ended = new CountDownLatch(1);
  private BufferedReader answers = new BufferedReader(Reader.nullReader());
  private int number;

  @BeforeEach
  void startAgent() throws IOException {
    BufferedReader in = new BufferedReader(new PipedReader(questions));
    PipedWriter out = new PipedWriter();
    answers = new BufferedReader(new PipedReader(out));
    environment.executor().io().execute(() -> {
      try (in; out) {
        Agent.run(environment, in, out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        ended.countDown();
      }
    });
  }

  @AfterEach
  void closeEnvironment() throws IOException {
    questions.close();
    environment.close();
  }

  private Json ask(String command, Map<String, ?> args) throws IOException {
    number++;
    questions.write(new Json(Map.of("id", number, "cmd", command, "a", args)) + "\n");
    questions.flush();
    Json answer = Json.parse(answers.readLine());
    assertEquals(number, answer.at("id").whole(0));
    return answer;
  }

  @Test
  void whenEntriesAreInserted_thenCountTellsHowMany() throws Exception {
    Json started = ask("start", Map.of()).at("r");
    assertTrue(started.at("ms").number() > 0);
    assertEquals(64, started.at("nodeId").text().length());
    String document = ask("create", Map.of()).at("r").text();
    assertEquals(100, ask("insert", Map.of("n", 100, "conc", 1)).at("r").at("n").whole(0));
    assertEquals(200, ask("insert", Map.of("n", 200, "from", 100, "conc", 64)).at("r").at("n").whole(0));
    assertTrue(ask("set", Map.of("k", "word", "v", "content")).at("r").at("t").number() > 0);
    assertEquals(301, ask("count", Map.of()).at("r").whole(0));
    assertTrue(ask("share", Map.of("mode", "Write")).at("r").text().startsWith("doc"));
    assertEquals(64, document.length());
    assertTrue(ask("shutdown", Map.of()).at("r").isNull());
    assertTrue(ended.await(30, TimeUnit.SECONDS));
  }

  @Test
  void run_commandThatCannotWork_answersWhy() throws Exception {
    assertTrue(ask("create", Map.of()).at("err").text().contains("start first"));
    assertTrue(ask("dance", Map.of()).at("err").text().contains("unknown command dance"));
  }
}
