package org.example.xodus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.docs4j.tck.KeyValueStoreVerification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the guide "Write a store" shows is in the files that it names. */
class GuideTest {
  private static final Pattern SNIPPET = Pattern.compile("From \\[[^]]*]\\(([^)]*)\\):\n\n```\\w+\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern ANY_SNIPPET = Pattern.compile("^```\\w+$", Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\((src/[^)]*)\\)");
  private static final Pattern RULE = Pattern.compile("store1\\d\\d");

  private final Path folder = Path.of(System.getProperty("root.basedir"), "docs-tck");
  private String guide = "";

  @BeforeEach
  void readGuide() throws IOException {
    guide = Files.readString(folder.resolve("WRITE-A-STORE.md"));
  }

  @Test
  void everySnippet_isInItsFile() throws IOException {
    List<MatchResult> snippets = SNIPPET.matcher(guide).results().toList();
    assertEquals(ANY_SNIPPET.matcher(guide).results().count(), snippets.size(), "every snippet names its file");
    for (MatchResult snippet : snippets) {
      String file = unindented(Files.readString(folder.resolve(snippet.group(1))));
      String shown = unindented(snippet.group(2));
      assertTrue(file.contains(shown), () -> snippet.group(1) + " no longer has this:\n" + snippet.group(2));
    }
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  @Test
  void everyLink_leadsSomewhere() {
    List<String> links = LINK.matcher(guide).results().map(link -> link.group(1)).toList();
    assertTrue(links.size() > 5, "there are links");
    links.forEach(link -> assertTrue(Files.exists(folder.resolve(link)), link));
  }

  @Test
  void everyRule_isOneOfTheKit() {
    Set<String> mentioned = new TreeSet<>();
    RULE.matcher(guide).results().forEach(rule -> mentioned.add(rule.group()));
    StringBuilder kit = new StringBuilder();
    for (Method test : KeyValueStoreVerification.class.getMethods()) {
      kit.append(test.getName()).append(' ');
    }
    mentioned.forEach(rule -> assertTrue(kit.indexOf("required_" + rule + "_") >= 0, rule));
  }
}
