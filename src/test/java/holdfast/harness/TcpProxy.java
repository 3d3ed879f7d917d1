package holdfast.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server on loopback, and breaks connections by script. */
public final class TcpProxy implements AutoCloseable {

  private static final long WHOLE = Long.MAX_VALUE;

  private final InetSocketAddress server;
  private final ServerSocket door;
  private final Queue<Long> cuts = new ConcurrentLinkedQueue<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean refusing;
  private boolean holding;
  private @Nullable String word;
  private int held;

  /** A proxy before the server that listens at that address of loopback. */
  public TcpProxy(URI server) throws IOException {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("proxy-door", this::accept);
  }

  /** Where clients connect to. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** The next connections are cut after so many bytes from the server, one each; later ones not. */
  public TcpProxy cutAnswersAfter(long... bytes) {
    Arrays.stream(bytes).forEach(cuts::add);
    return this;
  }

  /** Whether a connection whose bytes have passed waits before it is cut. */
  public synchronized void holdCuts(boolean hold) {
    holding = hold;
    notifyAll();
  }

  private synchronized void awaitCut() throws InterruptedException {
    while (holding) {
      wait();
    }
  }

  /** Requests that hold {@code text} wait before they pass; null lets all pass. */
  public synchronized void holdRequests(@Nullable String text) {
    word = text;
    held = 0;
    notifyAll();
  }

  /** Whether a request waits. */
  public synchronized boolean holdsRequest() {
    return held > 0;
  }

  private synchronized void awaitPassage(byte[] buffer, int length) throws InterruptedException {
    String request = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    while (word != null && request.contains(word)) {
      held++;
      wait();
    }
  }

  /** From now on every connection ends as soon as it was made, until told otherwise. */
  public void refuse(boolean all) {
    refusing = all;
    if (all) {
      open.forEach(TcpProxy::drop);
    }
  }

  /** Connections made so far. */
  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        connections.incrementAndGet();
        if (refusing) {
          drop(client);
        } else {
          carry(client);
        }
      } catch (IOException e) {
        continue; // closed, or a client that was gone at once
      }
    }
  }

  private void carry(Socket client) throws IOException {
    Socket behind = new Socket();
    open.add(client);
    open.add(behind);
    behind.connect(server);
    Long cut = cuts.poll();
    start("proxy-up", () -> pump(client, behind, WHOLE, true));
    start("proxy-down", () -> pump(behind, client, cut == null ? WHOLE : cut, false));
  }

  private void pump(Socket from, Socket to, long most, boolean requests) {
    byte[] buffer = new byte[16 * 1024];
    long left = most;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        if (requests) {
          awaitPassage(buffer, read);
        }
        out.write(buffer, 0, read);
        left -= read;
      }
      awaitCut();
    } catch (IOException | InterruptedException e) {
      // the other side is gone, and so shall this one be
    }
    drop(from);
    drop(to);
    open.remove(from);
    open.remove(to);
  }

  /** By a reset, as when a router forgets a connection. */
  private static void drop(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (IOException e) {
      // closed already
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(TcpProxy::drop);
  }
}
