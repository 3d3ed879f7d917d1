package holdfast.alarm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import holdfast.alarm.Alarm.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The event by which the way of alarms is tested. Only what Holdfast itself has put into the inbox
 * is read as one: the format says so, which nobody outside chooses, and no word in a body does.
 */
public final class TestEvent implements Format {

  /** The kind of alarm that it is read as. */
  public static final String KIND = "holdfast-test";

  private static final String ID = "test";
  private static final String AT = "at";

  /** The event of the test {@code id}. */
  public static Inbound of(String id, Instant at) {
    String body =
        JsonNodeFactory.instance.objectNode().put(ID, id).put(AT, at.toString()).toString();
    return new Inbound(KIND, KIND, id, at, Map.of(), body);
  }

  @Override
  public boolean reads(Event event) {
    return event.body().path(ID).isTextual();
  }

  @Override
  public List<Draft> drafts(Event event) {
    String id = Json.text(event.body(), ID);
    return List.of(
        new Draft(KIND)
            .event(event.body())
            .name(id)
            .state(State.FIRING)
            .about("holdfast", "", "")
            .title("A test of the way of alarms")
            .time(event.body().path(AT))
            .identity(id));
  }
}
