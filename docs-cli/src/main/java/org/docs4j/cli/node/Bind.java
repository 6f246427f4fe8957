package org.docs4j.cli.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.OptionalInt;

/**
 * A local address to listen at.
 *
 * @param address which of the machine's addresses, the wildcard for all of them
 * @param port the wanted port, 0 for the remembered one or, the first time, any that is free
 */
public record Bind(InetAddress address, int port) {
  /** All addresses, the remembered port: what applies when the user says nothing. */
  public static Bind standard() {
    return new Bind(new InetSocketAddress(0).getAddress(), 0);
  }

  /** This machine only, any port. */
  public static Bind loopback() {
    return new Bind(InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * Reads {@code ADDR:PORT}, {@code ADDR} or {@code :PORT}; IPv6 addresses stand in brackets.
   *
   * @throws BadInputException if it is none of these, or the address is unknown
   */
  public static Bind parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    int end = bracketed ? text.indexOf(']') + 1 : colon;
    if (bracketed ? end == 0 || (end < text.length() && text.charAt(end) != ':') : text.indexOf(':') != colon) {
      throw wrong(text);
    }
    String host = bracketed ? text.substring(1, end - 1) : end < 0 ? text : text.substring(0, end);
    String port = end >= 0 && end < text.length() ? text.substring(end + 1) : "0";
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xFFFF) {
      throw wrong(text);
    }
    return new Bind(host.isEmpty() ? standard().address() : resolve(host), Integer.parseInt(port));
  }

  private static InetAddress resolve(String host) {
    if (host.matches("[0-9.]+") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
      throw wrong(host); // the resolver would fill in what is missing
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean always = address.isAnyLocalAddress() || address.isLoopbackAddress();
      if (!always && NetworkInterface.getByInetAddress(address) == null) {
        throw new BadInputException("this machine has no address " + host + " to listen at");
      }
      return address;
    } catch (UnknownHostException | SocketException e) {
      throw new BadInputException("there is no address " + host + " to listen at", e);
    }
  }

  private static BadInputException wrong(String text) {
    return new BadInputException("not an address to listen at: " + text + "; write for example 127.0.0.1:4433 or [::1]:0");
  }

  /** The socket address to ask for, given the port that is remembered. */
  InetSocketAddress with(OptionalInt remembered) {
    return new InetSocketAddress(address, port == 0 ? remembered.orElse(0) : port);
  }
}
