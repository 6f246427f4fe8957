package org.docs4j.tck.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.docs4j.tck.TransportVerification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Proves the kit: it passes a transport that is right, and finds what is wrong with each that is not. */
class TransportVerificationTest {
  private static final Pattern RULE = Pattern.compile("transport2\\d\\d");

  @Test
  void when_aTransportIsRight_then_everyRulePasses() {
    Map<String, TestExecutionResult> results = run(Set.of(), kit());
    assertEquals(kit().size(), results.size(), "every test of the kit has run");
    results.forEach(
        (test, result) ->
            assertEquals(
                test.startsWith("untested")
                    ? TestExecutionResult.Status.ABORTED
                    : TestExecutionResult.Status.SUCCESSFUL,
                result.getStatus(),
                () -> test + ": " + message(result)));
  }

  @ParameterizedTest
  @EnumSource
  void when_aTransportHasAFlaw_then_itsRuleFailsAndSaysWhy(TransportFlaw flaw) {
    List<Method> tests = kit().stream().filter(test -> test.getName().startsWith("required_" + flaw.rule())).toList();
    assertFalse(tests.isEmpty(), "a test of " + flaw.rule());
    Map<String, TestExecutionResult> results = run(EnumSet.of(flaw), tests);
    List<String> failures =
        results.values().stream()
            .filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
            .map(TransportVerificationTest::message)
            .toList();
    assertFalse(failures.isEmpty(), flaw + " goes unnoticed by " + flaw.rule());
    assertTrue(
        failures.stream().anyMatch(message -> message.contains(flaw.words())),
        flaw + " is found, but no message has the words \"" + flaw.words() + "\": " + failures);
  }

  @Test
  void kit_everyRule_isTestedAndHasAFlaw() throws IOException {
    StringBuilder sources = new StringBuilder();
    Path seam = Path.of(System.getProperty("root.basedir"), "docs-api/src/main/java/org/docs4j/api/spi/transport");
    try (Stream<Path> files = Files.list(seam)) {
      for (Path file : files.toList()) {
        sources.append(Files.readString(file));
      }
    }
    assertEquals(rules(sources), rules(names("")), "the rules beside the seam and the tests of the kit");
    String flawed = Arrays.stream(TransportFlaw.values()).map(TransportFlaw::rule).toList().toString();
    assertEquals(rules(names("required")), rules(flawed), "the rules that are tested and the flaws that break them");
  }

  /** Else a rule might only notice what another one is about. */
  @Test
  void kit_everyRule_isBrokenAloneByItsFirstFlaw() {
    Set<String> seen = new TreeSet<>();
    for (TransportFlaw flaw : TransportFlaw.values()) {
      if (seen.add(flaw.rule())) {
        Set<String> broken = new TreeSet<>();
        run(EnumSet.of(flaw), kit()).forEach(
            (test, result) -> {
              if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                broken.addAll(rules(test));
              }
            });
        assertEquals(Set.of(flaw.rule()), broken, () -> "the rules that " + flaw + " breaks");
      }
    }
  }

  private static String names(String prefix) {
    return kit().stream().map(Method::getName).filter(name -> name.startsWith(prefix)).toList().toString();
  }

  private static Set<String> rules(CharSequence text) {
    Set<String> rules = new TreeSet<>();
    Matcher matcher = RULE.matcher(text);
    while (matcher.find()) {
      rules.add(matcher.group());
    }
    return rules;
  }

  private static List<Method> kit() {
    List<Method> tests = new ArrayList<>();
    for (Class<?> type = TransportVerification.class; type != Object.class; type = type.getSuperclass()) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Test.class) && !method.isBridge())
          .forEach(tests::add);
    }
    return tests;
  }

  private static Map<String, TestExecutionResult> run(Set<TransportFlaw> flaws, List<Method> tests) {
    List<DiscoverySelector> selectors = new ArrayList<>();
    tests.forEach(test -> selectors.add(DiscoverySelectors.selectMethod(FlawedTransportKit.class, test)));
    Map<String, TestExecutionResult> results = new TreeMap<>();
    FlawedTransportKit.FLAWS.addAll(flaws);
    try {
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(),
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  if (test.isTest()) {
                    results.put(test.getDisplayName(), result);
                  }
                }
              });
    } finally {
      FlawedTransportKit.FLAWS.clear();
    }
    return results;
  }

  private static String message(TestExecutionResult result) {
    return result.getThrowable().map(Throwable::toString).orElse("no failure");
  }
}
