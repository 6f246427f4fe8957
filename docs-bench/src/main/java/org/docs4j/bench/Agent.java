package org.docs4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.docs4j.api.spi.Environment;

/**
 * A node that is driven by lines of JSON: {@code {"id":1,"cmd":"create","a":{}}} on standard input is answered with
 * {@code {"id":1,"r":...}} or {@code {"id":1,"err":"..."}} on standard output. The module's README lists the commands.
 *
 * <p>Commands run at the same time; the one after {@code start}, {@code create} or {@code import} must wait for its
 * answer. Ends after {@code shutdown} or at the end of input.
 */
public final class Agent {
  private final Writer out;

  private Agent(Writer out) {
    this.out = out;
  }

  /** Runs the agent; there are no arguments. */
  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Environment environment = Environment.system()) {
      run(environment, in, new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    }
  }

  /**
   * Answers commands until {@code shutdown} is answered or the input ends; the node is closed then.
   *
   * @throws IOException if the input or output fails
   */
  static void run(Environment environment, BufferedReader in, Writer out) throws IOException {
    Agent agent = new Agent(out);
    try (AgentNode node = new AgentNode(environment)) {
      String line = in.readLine();
      while (line != null) {
        Json request = Json.parse(line);
        if (request.at("cmd").text().equals("shutdown")) {
          agent.answer(node, request);
          return;
        }
        environment.executor().io().execute(() -> agent.answer(node, request));
        line = in.readLine();
      }
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever went wrong is the answer
  private void answer(AgentNode node, Json request) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", request.at("id"));
    try {
      answer.put("r", node.run(request.at("cmd").text(), request.at("a")));
    } catch (RuntimeException | Error e) {
      answer.put("err", e.toString());
    }
    print(new Json(answer).toString());
  }

  private synchronized void print(String line) {
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
