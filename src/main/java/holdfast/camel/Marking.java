package holdfast.camel;

import holdfast.alarm.OwnMark;
import holdfast.notify.Message;
import org.apache.camel.Body;

/** Puts our mark below what a topic is told, for the day on which it comes back. */
public final class Marking {

  private final OwnMark mark;

  Marking(OwnMark mark) {
    this.mark = mark;
  }

  /** The text for a topic; what customers are told stays as it was approved. */
  public String text(@Body Message message) {
    return message.blind() ? message.text() : mark.on(message.text());
  }
}
