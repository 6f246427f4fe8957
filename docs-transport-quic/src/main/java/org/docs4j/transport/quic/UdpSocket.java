package org.docs4j.transport.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.docs4j.api.AddressInUseException;
import org.docs4j.api.TransportException;

/** The socket of an endpoint and the event loop that serves it, epoll where there is one. */
@SuppressWarnings("FutureReturnValueIgnored") // Justification: the channel itself says what becomes of it.
final class UdpSocket {
  private static final System.Logger LOG = System.getLogger(UdpSocket.class.getName());
  private static final int LINUX_ADDRESS_IN_USE = -98;
  private static final int LINUX_PROBE = 3;
  private static final List<IntegerUnixChannelOption> FRAGMENTS =
      List.of(
          new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10),
          new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23));
  private static final int SOCKET_BUFFER = 4 << 20;
  private static final int DATAGRAM = 65_535;
  // As many datagrams of 1452 bytes as fit into 64 KiB.
  private static final int SEGMENTS = 44;
  private static final int NIO_DATAGRAM = 2048;
  private static final int DATAGRAMS_PER_READ = 64;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup group;
  private final Channel channel;

  private UdpSocket(EventLoopGroup group, Channel channel) {
    this.group = group;
    this.channel = channel;
  }

  private static boolean epoll(QuicSettings settings) {
    return settings.io() == QuicSettings.Io.AUTO && Epoll.isAvailable();
  }

  /** How many datagrams of one connection are handed to the kernel as one: 1 where it cannot do that. */
  static int segments(QuicSettings settings) {
    return epoll(settings) && EpollDatagramChannel.isSegmentedDatagramPacketSupported() ? SEGMENTS : 1;
  }

  /**
   * Binds a socket.
   *
   * @throws AddressInUseException if the port is taken
   * @throws TransportException if it cannot be bound for another reason
   */
  static UdpSocket bind(InetSocketAddress address, QuicSettings settings, ChannelHandler handler) {
    boolean epoll = epoll(settings);
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("docs-quic", true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .handler(handler);
    family(bootstrap, address, epoll);
    buffers(bootstrap, segments(settings) > 1);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
      throw refused(address, bound.cause());
    }
    if (epoll) {
      forbidFragments(bound.channel());
    }
    return new UdpSocket(group, bound.channel());
  }

  /** IPv6 sockets take IPv4 as well; one that is bound to an IPv4 address can do nothing else anyway. */
  private static void family(Bootstrap bootstrap, InetSocketAddress address, boolean epoll) {
    boolean ipv4 = address.getAddress() instanceof Inet4Address && !address.getAddress().isAnyLocalAddress();
    if (epoll) {
      bootstrap.channelFactory(
          () -> ipv4 ? new EpollDatagramChannel(SocketProtocolFamily.INET) : new EpollDatagramChannel());
    } else {
      bootstrap.channelFactory(
          () -> ipv4 ? new NioDatagramChannel(SocketProtocolFamily.INET) : new NioDatagramChannel());
    }
  }

  /** With segmentation offload the kernel hands over many datagrams of one peer as one. */
  private static void buffers(Bootstrap bootstrap, boolean segmented) {
    if (segmented) {
      bootstrap.option(EpollChannelOption.UDP_GRO, true);
      bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM);
    }
    bootstrap.option(
        ChannelOption.RECVBUF_ALLOCATOR,
        new FixedRecvByteBufAllocator(segmented ? DATAGRAM : NIO_DATAGRAM).maxMessagesPerRead(DATAGRAMS_PER_READ));
  }

  /**
   * Lets datagrams that are too large for the path be lost instead of being cut up, so that the search for the
   * largest one (RFC 8899) finds it; the kernel refuses to split a segmented datagram into larger ones.
   */
  private static void forbidFragments(Channel channel) {
    for (IntegerUnixChannelOption option : FRAGMENTS) {
      try {
        channel.config().setOption(option, LINUX_PROBE);
      } catch (ChannelException e) {
        LOG.log(System.Logger.Level.DEBUG, "{0} is not for this socket: {1}", option, e.getMessage());
      }
    }
  }

  private static TransportException refused(InetSocketAddress address, Throwable cause) {
    String where = address.getAddress().getHostAddress() + ":" + address.getPort();
    boolean inUse =
        cause instanceof NativeIoException system
            ? system.expectedErr() == LINUX_ADDRESS_IN_USE
            : cause instanceof BindException && address.getPort() != 0 && LocalAddresses.isLocal(address.getAddress());
    return inUse
        ? new AddressInUseException("the UDP address " + where + " is in use by another program", cause)
        : new TransportException("cannot bind the UDP address " + where + ": " + cause.getMessage(), cause);
  }

  Channel channel() {
    return channel;
  }

  InetSocketAddress localAddress() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Whether datagrams can go from this socket to the address at all. */
  boolean reaches(InetSocketAddress target) {
    InetAddress from = localAddress().getAddress();
    InetAddress to = target.getAddress();
    return target.getPort() != 0
        && !to.isAnyLocalAddress()
        && !to.isMulticastAddress()
        && (from instanceof Inet4Address == to instanceof Inet4Address || isDual(from));
  }

  private static boolean isDual(InetAddress from) {
    return from.isAnyLocalAddress() && !(from instanceof Inet4Address);
  }

  /** Runs the task on the event loop, at once if this is its thread; {@code otherwise} if the loop has ended. */
  static void run(Channel channel, Runnable task, Runnable otherwise) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      otherwise.run();
    }
  }

  /** Frees the port, then ends the event loop. */
  void release(Runnable portIsFree) {
    channel
        .close()
        .addListener(
            closed -> {
              portIsFree.run();
              group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            });
  }

  /** Waits some seconds for the end of the event loop, and says whether it came; not from one of its threads. */
  boolean awaitEnd() {
    return group.terminationFuture().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
