package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import holdfast.alarm.Alarm.State;
import holdfast.plan.AlarmMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alarm as its format gives it, before the rules say what it means for us. */
final class Draft implements AlarmMatch.Candidate {

  private static final int MAX_FACTS = 40;

  final String kind;
  String sender = "";
  String name = "";
  State state = State.INFORMATIONAL;
  String resource = "";
  String account = "";
  String region = "";
  String title = "";
  String text = "";
  List<JsonNode> times = new ArrayList<>();
  long sequence;
  List<String> identity = List.of();
  @Nullable String link;
  JsonNode event = MissingNode.getInstance();
  final Map<String, String> facts = new LinkedHashMap<>();

  Draft(String kind) {
    this.kind = kind;
  }

  /** What the event says, for rules that point into it. */
  Draft event(JsonNode said) {
    event = said;
    return this;
  }

  Draft name(String said) {
    name = Clean.line(said);
    return this;
  }

  Draft state(State said) {
    state = said;
    return this;
  }

  /** What it is about, and where; parts of an ARN win over what is given beside it. */
  Draft about(String what, String owner, String where) {
    Arn arn = Arn.of(what);
    resource = Clean.line(what);
    boolean swapped = arn.account().contains("-"); // as EBS writes the ARNs of its snapshots
    account = Clean.line(arn.account().isEmpty() || swapped ? owner : arn.account());
    region = Clean.line(arn.region().isEmpty() || swapped ? where : arn.region());
    return this;
  }

  Draft title(String said) {
    title = Clean.line(said);
    return this;
  }

  Draft text(String said) {
    text = Clean.text(said);
    return this;
  }

  /** A place where the event may name its time; the first that can be read counts. */
  Draft time(JsonNode said) {
    times.add(said);
    return this;
  }

  Draft sequence(long said) {
    sequence = said;
    return this;
  }

  /** What stays the same for all events of one trouble, beside the kind. */
  Draft identity(String... parts) {
    identity = List.of(parts);
    return this;
  }

  Draft link(String said) {
    boolean page = said.startsWith("https://") || said.startsWith("http://");
    link = page && said.length() <= 2000 ? Clean.address(said) : null;
    return this;
  }

  Draft fact(String label, String value) {
    if (!value.isBlank() && facts.size() < MAX_FACTS) {
      facts.put(Clean.line(label), Clean.line(value));
    }
    return this;
  }

  @Override
  public String field(String field) {
    return switch (field) {
      case "sender" -> sender;
      case "kind" -> kind;
      case "name" -> name;
      case "resource" -> resource;
      case "account" -> account;
      case "region" -> region;
      case "title" -> title;
      default -> text;
    };
  }

  @Override
  public String fact(String label) {
    return facts.getOrDefault(label, "");
  }

  @Override
  public JsonNode event() {
    return event;
  }
}
