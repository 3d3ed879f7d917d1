package holdfast.alarm;

import java.util.List;

/** How jobs of Glue and executions of Step Functions went. */
final class JobEvent implements Format {

  @Override
  public boolean reads(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return aws.from("aws.glue", "Glue ") || aws.from("aws.states", "Step Functions ");
  }

  @Override
  public List<Draft> drafts(Event event) {
    AwsEvent aws = AwsEvent.of(event);
    return List.of(aws.type().startsWith("Glue ") ? glue(aws) : steps(aws));
  }

  private static Draft glue(AwsEvent aws) {
    String job = Json.first(aws.detail(), "jobName", "crawlerName");
    String arn = aws.resource();
    return aws.draft("glue")
        .name(job)
        .about(arn.isEmpty() ? job : arn, aws.account(), aws.region())
        .title("Glue job %s: %s".formatted(job, aws.detail("state")))
        .text(Json.first(aws.detail(), "message", "errorMessage"))
        .fact("state", aws.detail("state"))
        .fact("run", aws.detail("jobRunId"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), job);
  }

  private static Draft steps(AwsEvent aws) {
    String machine = aws.detail("stateMachineArn");
    return aws.draft("step-functions")
        .name(aws.detail("name"))
        .about(machine.isEmpty() ? aws.resource() : machine, aws.account(), aws.region())
        .title("Step Functions %s: %s".formatted(Arn.of(machine).resource(), aws.detail("status")))
        .text(Json.first(aws.detail(), "cause", "error"))
        .fact("state", aws.detail("status"))
        .fact("execution", aws.detail("name"))
        .time(aws.detail().path("stopDate"))
        .time(aws.body().path("time"))
        .identity(aws.account(), aws.region(), machine);
  }
}
