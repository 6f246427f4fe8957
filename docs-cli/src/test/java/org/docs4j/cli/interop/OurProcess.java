package org.docs4j.cli.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.docs4j.api.Doc;
import org.docs4j.api.DocTicket;
import org.docs4j.api.Docs;

/** A node of ours in a process of its own, which can be killed. */
final class OurProcess implements AutoCloseable {
  private static final String SOME = "some entries are here";

  private final Process process;

  private OurProcess(Process process) {
    this.process = process;
  }

  /** Joins by ticket, with a node in a folder; what the JVM leaves behind is in another. */
  static OurProcess join(Path folder, Path temporary, String ticket) throws IOException {
    return new OurProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path"), OurProcess.class.getName(), folder.toString(), ticket)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Waits until some entries are there. */
  void awaitSome() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); !SOME.equals(line); line = lines.readLine()) {
      if (line == null) {
        throw new AssertionError("our process is gone");
      }
    }
  }

  /** Ends it at once, wherever it is. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process: a folder and a ticket. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Docs docs = Docs.persistent(Path.of(arguments[0])).bind(loopback).open()) {
      Doc doc = docs.join(DocTicket.parse(arguments[1]));
      Interop.until("the first entries", () -> Interop.shown(doc) > 0);
      System.out.println(SOME);
      // Until it is killed, or who started it ends.
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
