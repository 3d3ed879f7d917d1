package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Findings of the other services that look for holes: hub, Macie, Inspector, analyzer, advisor. */
final class SecurityFinding implements Format {

  private static final String ADVISOR = "aws.trustedadvisor";
  private static final Set<String> SOURCES =
      Set.of(ADVISOR, "aws.securityhub", "aws.macie", "aws.inspector2", "aws.access-analyzer");

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return aws.is() && SOURCES.contains(aws.source());
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (aws.source().equals(ADVISOR)) {
      return List.of(advice(aws));
    }
    List<Draft> drafts = new ArrayList<>();
    aws.detail().path("findings").forEach(finding -> drafts.add(hub(aws, finding)));
    return drafts.isEmpty() ? List.of(finding(aws)) : drafts;
  }

  private static Draft hub(AwsEvent aws, JsonNode finding) {
    String thing = Json.text(finding.path("Resources").path(0), "Id");
    String owner = Json.first(finding, "AwsAccountId");
    boolean over =
        Json.text(finding, "RecordState").equals("ARCHIVED")
            || Json.text(finding, "Workflow", "Status").equals("RESOLVED")
            || Json.text(finding, "Compliance", "Status").equals("PASSED");
    boolean muted =
        Json.text(finding, "Workflow", "Status").equals("SUPPRESSED")
            || finding.path("Sample").asBoolean(false);
    return aws.draft("security-finding")
        .event(finding)
        .name(Json.first(finding, "GeneratorId", "Title"))
        .state(muted ? State.INFORMATIONAL : over ? State.CLEARED : State.FIRING)
        .about(thing, owner.isEmpty() ? aws.account() : owner, aws.region())
        .title(Json.text(finding, "Title"))
        .text(Json.text(finding, "Description"))
        .fact("level", Json.text(finding, "Severity", "Label").toLowerCase(Locale.ROOT))
        .fact("product", Json.text(finding, "ProductName"))
        .link(Json.text(finding, "SourceUrl"))
        .time(finding.path("UpdatedAt"))
        .time(aws.body().path("time"))
        .identity(owner, Json.text(finding, "Id"));
  }

  private static Draft finding(AwsEvent aws) {
    JsonNode said = aws.detail();
    JsonNode severity = said.path("severity");
    String level = severity.isObject() ? Json.text(severity, "description") : severity.asText("");
    String thing = Json.first(said, "resource", "resourceId");
    String status = Json.text(said, "status").toUpperCase(Locale.ROOT);
    boolean over = Set.of("RESOLVED", "CLOSED", "ARCHIVED").contains(status);
    return aws.draft("security-finding")
        .name(Json.first(said, "type", "title"))
        .state(
            said.path("sample").asBoolean(false)
                ? State.INFORMATIONAL
                : over ? State.CLEARED : State.FIRING)
        .about(thing.isEmpty() ? aws.resource() : thing, aws.account(), aws.region())
        .title("%s: %s".formatted(aws.type(), Json.first(said, "title", "type")))
        .text(Json.text(said, "description"))
        .fact("level", level.toLowerCase(Locale.ROOT))
        .fact("status", status)
        .time(said.path("updatedAt"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), Json.first(said, "findingArn", "id"), thing);
  }

  private static Draft advice(AwsEvent aws) {
    JsonNode item = aws.detail().path("check-item-detail");
    String check = aws.detail("check-name");
    String status = aws.detail("status");
    String thing = aws.detail("resource_id");
    String user = Json.text(item, "User Name (IAM or Root)");
    return aws.draft("security-finding")
        .name(check)
        .state(status.equals("OK") ? State.CLEARED : State.FIRING)
        .about(thing.isEmpty() ? user : thing, aws.account(), aws.region())
        .title("Trusted Advisor: %s %s".formatted(check, status))
        .fact("check", check)
        .fact("level", status.equals("ERROR") ? "high" : "low")
        .fact("user", user)
        .fact("access key", Json.text(item, "Access Key ID"))
        .fact("location", Json.text(item, "Location"))
        .time(item.path("Time Updated"))
        .time(aws.body().path("time"))
        .identity(aws.account(), check, thing, user, Json.text(item, "Access Key ID"));
  }
}
