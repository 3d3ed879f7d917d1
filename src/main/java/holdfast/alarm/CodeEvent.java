package holdfast.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How builds, pipelines and deployments went; each service has words of its own for it. */
final class CodeEvent implements Format {

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return aws.from("aws.codepipeline", "CodePipeline ")
        || aws.from("aws.codebuild", "CodeBuild ")
        || aws.from("aws.codedeploy", "CodeDeploy ");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    if (aws.type().startsWith("CodePipeline ")) {
      return List.of(pipeline(aws));
    }
    return List.of(aws.type().startsWith("CodeBuild ") ? build(aws) : deployment(aws));
  }

  private static Draft pipeline(AwsEvent aws) {
    String pipeline = aws.detail("pipeline");
    return draft(aws, "codepipeline", pipeline, aws.detail("state"))
        .fact("stage", aws.detail("stage"))
        .fact("action", aws.detail("action"))
        .fact("execution", aws.detail("execution-id"))
        .text(aws.detail("execution-result", "external-execution-summary"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), pipeline, aws.detail("stage"), aws.detail("action"));
  }

  private static Draft build(AwsEvent aws) {
    String project = aws.detail("project-name");
    JsonNode more = aws.detail().path("additional-information");
    String state = Json.first(aws.detail(), "build-status", "completed-phase-status");
    boolean phase = aws.type().contains("Phase");
    return draft(aws, "codebuild", project, state)
        .fact("build", Json.text(more, "build-number"))
        .fact("phase", aws.detail("completed-phase"))
        .link(Json.text(more, "logs", "deep-link"))
        .time(aws.body().path("time"))
        .time(more.path("build-start-time"))
        .identity(aws.account(), aws.region(), project, phase ? aws.detail("completed-phase") : "");
  }

  private static Draft deployment(AwsEvent aws) {
    String group = aws.detail("application") + "/" + aws.detail("deploymentGroup");
    return draft(aws, "codedeploy", group, aws.detail("state"))
        .fact("deployment", aws.detail("deploymentId"))
        .fact("instance", aws.detail("instanceId"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), group, aws.detail("instanceId"));
  }

  private static Draft draft(AwsEvent aws, String kind, String what, String state) {
    String subject = aws.type().substring(0, aws.type().indexOf(' '));
    return aws.draft(kind)
        .name(what)
        .title("%s %s: %s".formatted(subject, what, state))
        .fact("state", state);
  }
}
