package holdfast.harness;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** A real SMTP server on loopback that keeps what it is given. */
public final class MailServer implements AutoCloseable {

  private static final long START_MILLIS = 10_000;

  private final GreenMail server;

  private MailServer(GreenMail server) {
    this.server = server;
  }

  /** On any free port. */
  public static MailServer start() {
    return start(0);
  }

  /** On {@code port}; 0 is any free one. */
  public static MailServer start(int port) {
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(START_MILLIS);
    GreenMail server = new GreenMail(setup);
    server.start();
    return new MailServer(server);
  }

  public int port() {
    return server.getSmtp().getPort();
  }

  /** From now on a login is asked for and checked. */
  public void user(String name, String password) {
    server.setUser(name, name, password);
  }

  /** How many mails arrived. */
  public int count() {
    return server.getReceivedMessages().length;
  }

  /** One mail, taken apart. */
  public record Mail(
      String id, String subject, String from, List<String> to, String text, String html) {}

  /** What arrived, oldest first. */
  public List<Mail> mails() {
    return Arrays.stream(server.getReceivedMessages()).map(MailServer::mail).toList();
  }

  private static Mail mail(MimeMessage message) {
    try {
      return new Mail(
          message.getMessageID(),
          message.getSubject(),
          message.getFrom()[0].toString(),
          message.getAllRecipients() == null
              ? List.of() // those who get a copy that nobody sees stand in no header
              : Arrays.stream(message.getAllRecipients()).map(Object::toString).toList(),
          part(message, "text/plain"),
          part(message, "text/html"));
    } catch (MessagingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static String part(MimeMessage message, String type) {
    try {
      if (!(message.getContent() instanceof MimeMultipart parts)) {
        return message.isMimeType(type) ? message.getContent().toString() : "";
      }
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart part = parts.getBodyPart(i);
        if (part.isMimeType(type)) {
          return part.getContent().toString();
        }
      }
      return "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (MessagingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
