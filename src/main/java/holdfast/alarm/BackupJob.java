package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jobs of AWS Backup: events, and notices in plain words whose state stands in attributes. */
final class BackupJob implements Format {

  private static final String RESOURCE = "Resource ARN";

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return (aws.is() && aws.source().equals("aws.backup")) || isNotice(event);
  }

  private static boolean isNotice(Event event) {
    Map<String, String> attributes = event.envelope().attributes();
    boolean plain = event.body().isMissingNode();
    return plain
        && (event.text().startsWith("An AWS Backup ")
            || (attributes.containsKey("EventType") && attributes.containsKey("State")));
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.is() ? bus(aws) : notice(event));
  }

  private static Draft bus(AwsEvent aws) {
    JsonNode said = aws.detail();
    String state = Json.first(said, "state", "status");
    String resource = Json.first(said, "resourceArn", "backupVaultArn");
    String job = aws.type().replace(" State Change", "");
    return aws.draft("aws-backup")
        .name(Json.first(said, "backupJobId", "copyJobId", "restoreJobId"))
        .about(resource.isEmpty() ? aws.resource() : resource, aws.account(), aws.region())
        .title("AWS %s %s: %s".formatted(job, state, resource))
        .text(Json.text(said, "statusMessage"))
        .fact("state", state)
        .fact("job", job)
        .fact("vault", Json.text(said, "backupVaultName"))
        .time(aws.body().path("time"))
        .time(said.path("completionDate"))
        .identity(job, resource, Json.text(said, "destinationBackupVaultArn"));
  }

  private static Draft notice(Event event) {
    Map<String, String> attributes = event.envelope().attributes();
    String text = event.text();
    String type = attributes.getOrDefault("EventType", "BACKUP_JOB");
    String job = words(type);
    String state = state(attributes, text);
    String resource = after(text, RESOURCE);
    Arn topic = Arn.of(event.envelope().topic());
    String owner = attributes.getOrDefault("AccountId", topic.account());
    return new Draft("aws-backup")
        .name(attributes.getOrDefault("Id", ""))
        .about(resource, owner, topic.region())
        .title("AWS %s %s: %s".formatted(job, state, resource))
        .text(text)
        .fact("state", state)
        .fact("job", job)
        .identity(job, resource, "");
  }

  private static String state(Map<String, String> attributes, String text) {
    String state = attributes.getOrDefault("State", "");
    if (!state.isEmpty()) {
      return state;
    }
    String words = text.toLowerCase(Locale.ROOT);
    if (words.contains("failed")) {
      return "FAILED";
    }
    if (words.contains("expired") || words.contains("aborted")) {
      return words.contains("expired") ? "EXPIRED" : "ABORTED";
    }
    return words.contains("completed") || words.contains("successful") ? "COMPLETED" : "";
  }

  /** {@code BACKUP_JOB} as the events write it: {@code Backup Job}. */
  private static String words(String type) {
    StringBuilder words = new StringBuilder();
    for (String word : type.toLowerCase(Locale.ROOT).split("_")) {
      words.append(words.isEmpty() ? "" : " ");
      words.append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT));
      words.append(word.substring(Math.min(1, word.length())));
    }
    return words.toString();
  }

  /** The word behind a label and its colon. */
  private static String after(String text, String label) {
    int at = text.indexOf(label);
    int colon = at < 0 ? -1 : text.indexOf(':', at + label.length());
    if (colon < 0) {
      return "";
    }
    String rest = text.substring(colon + 1).strip();
    int end = rest.indexOf(' ');
    String word = end < 0 ? rest : rest.substring(0, end);
    return word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
  }
}
