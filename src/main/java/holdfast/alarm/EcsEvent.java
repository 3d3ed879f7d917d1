package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import holdfast.alarm.Alarm.State;
import java.util.List;
import java.util.Set;

/** Events of ECS: tasks that stop, deployments, and what a service does about itself. */
final class EcsEvent implements Format {

  /** Stops that somebody or something wanted. */
  private static final Set<String> WANTED =
      Set.of("ServiceSchedulerInitiated", "UserInitiated", "SpotInterruption");

  @Override
  public boolean reads(Event event) {
    return AwsEvent.of(event).from("aws.ecs", "ECS ");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.type().startsWith("ECS Task") ? task(aws) : service(aws));
  }

  private static Draft task(AwsEvent aws) {
    String group = aws.detail("group");
    String cluster = aws.detail("clusterArn");
    String what = group.isEmpty() ? aws.detail("taskDefinitionArn") : group;
    String code = aws.detail("stopCode");
    String reason = aws.detail("stoppedReason");
    boolean failed = isFailure(aws.detail(), code);
    return aws.draft("ecs")
        .state(failed ? State.FIRING : State.INFORMATIONAL)
        .title("ECS task %s of %s".formatted(aws.detail("lastStatus"), what))
        .text(reason)
        .fact("group", group)
        .fact("status", aws.detail("lastStatus"))
        .fact("stop code", code)
        .fact("exit codes", exits(aws.detail().path("containers")))
        .fact("zone", aws.detail("availabilityZone"))
        .sequence(aws.detail().path("version").asLong(0))
        .time(aws.detail().path("stoppedAt"))
        .time(aws.detail().path("updatedAt"))
        .time(aws.body().path("time"))
        .identity(cluster, what);
  }

  private static boolean isFailure(JsonNode said, String code) {
    if (!Json.text(said, "lastStatus").equals("STOPPED") || WANTED.contains(code)) {
      return false;
    }
    if (code.equals("TaskFailedToStart")) {
      return true;
    }
    JsonNode containers = said.path("containers");
    boolean failed = containers.isEmpty();
    for (JsonNode container : containers) {
      failed |= !container.has("exitCode") || container.path("exitCode").asInt(0) != 0;
    }
    return failed;
  }

  private static String exits(JsonNode containers) {
    StringBuilder exits = new StringBuilder();
    for (JsonNode container : containers) {
      if (exits.length() > Clean.LINE) {
        break;
      }
      exits.append(exits.isEmpty() ? "" : ", ");
      exits.append(Json.text(container, "name")).append('=');
      exits.append(container.has("exitCode") ? Json.text(container, "exitCode") : "none");
    }
    return exits.toString();
  }

  private static Draft service(AwsEvent aws) {
    String happened = aws.detail("eventName");
    return aws.draft("ecs")
        .name(happened)
        .state(state(happened, aws.detail("eventType")))
        .title("ECS %s: %s".formatted(happened, Arn.of(aws.resource()).resource()))
        .text(aws.detail("reason"))
        .fact("event", happened)
        .fact("level", aws.detail("eventType"))
        .time(aws.body().path("time"))
        .time(aws.detail().path("updatedAt"))
        .identity(aws.resource(), happened.startsWith("SERVICE_DEPLOYMENT") ? "deployment" : "");
  }

  private static State state(String happened, String level) {
    if (level.equals("ERROR") || level.equals("WARN")) {
      return State.FIRING;
    }
    return Set.of("SERVICE_DEPLOYMENT_COMPLETED", "SERVICE_STEADY_STATE").contains(happened)
        ? State.CLEARED
        : State.INFORMATIONAL;
  }
}
