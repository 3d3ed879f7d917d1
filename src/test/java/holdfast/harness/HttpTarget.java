package holdfast.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A page on loopback that behaves as badly as it is told to, down to single bytes. */
public final class HttpTarget implements AutoCloseable {

  /** What is sent when a request's head has been read. */
  public interface Behaviour {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Behaviour behaviour = page(200, "all is well");

  private HttpTarget(ServerSocket door) {
    this.door = door;
    start(this::accept);
  }

  /** A page that says 200 and {@code all is well}. */
  public static HttpTarget start() {
    try {
      return new HttpTarget(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + door.getLocalPort() + path);
  }

  /** From the next request on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** How many requests came so far. */
  public int asked() {
    return asked.get();
  }

  /** A status and a body, whole. */
  public static Behaviour page(int status, String body, String... headers) {
    return out -> {
      head(out, status, headers);
      out.write(body.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** A head, after which a body may follow. */
  public static void head(OutputStream out, int status, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    out.write(
        "HTTP/1.1 %d As told\r\n%sConnection: close\r\n\r\n"
            .formatted(status, lines)
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Takes the request and says nothing. */
  public Behaviour hang() {
    return out -> closing.await();
  }

  /** Sends one byte every {@code millis} for ever. */
  public Behaviour drip(String head, int millis) {
    return out -> {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      while (!closing.await(millis, TimeUnit.MILLISECONDS)) {
        out.write('x');
        out.flush();
      }
    };
  }

  private void accept() {
    try {
      while (!door.isClosed()) {
        Socket socket = door.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      asked.incrementAndGet();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      behaviour.answer(socket.getOutputStream());
    } catch (IOException gone) {
      // whoever asked has heard enough
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "http-target");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException gone) {
      // closed either way
    }
  }
}
