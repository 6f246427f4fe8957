import org.jspecify.annotations.NullMarked;

/** The rules of every seam as tests, and a simulated version of every seam. */
@NullMarked
open module org.docs4j.tck {
  requires transitive org.docs4j.api;
  requires transitive org.junit.jupiter.api;
  requires java.logging;
  requires java.management;
  requires jdk.management;

  exports org.docs4j.tck;
  exports org.docs4j.tck.sim;
}
