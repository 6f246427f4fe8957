package org.docs4j.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.docs4j.api.DocInfo;
import org.docs4j.api.model.Capability;
import org.docs4j.api.model.NamespaceId;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final NamespaceId A = NamespaceId.parse("aaaa1111".repeat(8));
  private static final NamespaceId B = NamespaceId.parse("aaaa2222".repeat(8));

  private static List<DocInfo> documents(NamespaceId... ids) {
    return List.of(ids).stream().map(id -> new DocInfo(id, Capability.Kind.WRITE)).toList();
  }

  @Test
  void find_idOrUniqueBeginning_isThatDocument() {
    assertEquals(A, Selection.find(documents(A, B), A.toString()));
    assertEquals(B, Selection.find(documents(A, B), "aaaa2"));
  }

  @Test
  void find_dot_isTheOnlyDocument() {
    assertEquals(A, Selection.find(documents(A), "."));
    assertThrows(BadInputException.class, () -> Selection.find(documents(), "."));
    assertThrows(BadInputException.class, () -> Selection.find(documents(A, B), "."));
  }

  @Test
  void find_unknownOrAmbiguousOrTooShort_isRefused() {
    for (String text : List.of("bbbb", "aaaa", "aaa", "", "zz", "A".repeat(64))) {
      assertThrows(BadInputException.class, () -> Selection.find(documents(A, B), text), text);
    }
  }
}
