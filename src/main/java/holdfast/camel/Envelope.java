package holdfast.camel;

import holdfast.notify.Message;
import org.apache.camel.Exchange;

/** Puts a message's words where a channel looks for them. */
public final class Envelope {

  /**
   * For mail: a page as the body, plain text beside it, and in the headers whom it is for and which
   * messages it belongs to. Every header that came along is gone then.
   */
  public void mail(Exchange exchange) {
    Message message = exchange.getMessage().getBody(Message.class);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(message.blind() ? "Bcc" : "To", message.to());
    exchange.getMessage().setHeader("Subject", message.subject());
    exchange.getMessage().setHeader("Message-ID", message.messageId());
    if (!message.thread().isEmpty()) {
      exchange.getMessage().setHeader("In-Reply-To", message.thread());
      exchange.getMessage().setHeader("References", message.thread());
    }
    exchange.getMessage().setHeader("CamelMailAlternativeBody", message.text());
    exchange.getMessage().setBody(message.html());
  }
}
