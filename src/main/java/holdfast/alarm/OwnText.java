package holdfast.alarm;

import java.util.List;

/** A notice of ours of which only the text came back, as a topic hands it on raw. */
final class OwnText implements Format {

  private final OwnMark mark;

  OwnText(OwnMark mark) {
    this.mark = mark;
  }

  @Override
  public boolean reads(Event event) {
    return event.body().isMissingNode() && mark.isOn(event.text());
  }

  @Override
  public List<Draft> drafts(Event event) {
    return OwnMessage.cameBack(event);
  }
}
