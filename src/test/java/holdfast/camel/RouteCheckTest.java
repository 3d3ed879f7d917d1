package holdfast.camel;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.camel.RouteFiles.RouteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake each, made in a shipped file, and the exact sentence it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteCheckTest {

  private static final String OFFERED =
      Stream.concat(RouteBeans.OFFERED.methods().keySet().stream(), Stream.of("act", "gate"))
          .sorted()
          .collect(Collectors.joining(", "));

  private Rig rig;

  @BeforeAll
  void start(@TempDir Path folder) {
    rig = new Rig(folder).start("holdfast.alone=true");
  }

  @AfterAll
  void stop() {
    rig.close();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        of(
            "trigger-queue",
            "# Takes backups",
            "\n# Takes backups",
            "1: This file does not begin with a comment. Say in its first line, after '# ', what it is for."),
        of(
            "trigger-queue",
            "id: trigger-queue",
            "id: queue",
            "4: The id 'queue' does not follow from the file's name. Write id: trigger-queue."),
        of(
            "trigger-queue",
            "    description: Run the backups that wait\n",
            "",
            "3: This route has no description. Add description: with a few plain words."),
        of(
            "trigger-queue",
            "    routeConfigurationId: policy-run\n",
            "",
            "3: This route does not say what happens when it fails. Add routeConfigurationId: with the id of a file in routes/policy/."),
        of(
            "trigger-queue",
            "policy-run",
            "policy-runs",
            "6: No file in routes/policy/ is called 'policy-runs'. Known here: "),
        of(
            "trigger-queue",
            "    from:",
            "    form:",
            "7: The field 'form' is not known in 'route'. Correct or remove it; Camel's documentation of 'route' lists what it takes."),
        of(
            "trigger-queue",
            "        size: 100",
            "        size: 100\n        sizes: 1",
            "12: The option 'sizes' is not known to seda. Correct or remove it."),
        of(
            "trigger-queue",
            "name: backup-run",
            "name: backup-runs",
            "22: No route starts from direct 'backup-runs'. Correct the name, or add the route."),
        of(
            "trigger-queue",
            "uri: direct",
            "uri: exec",
            "22: The endpoint 'exec' is not allowed in a route. Allowed are: aws2-eventbridge, aws2-s3, aws2-sns, aws2-sqs, bean, direct, http, log, quartz, seda, slack, smtp, sql, timer."),
        of(
            "trigger-queue",
            "- to:",
            "- toD:",
            "21: The step 'toD' is not allowed in a route. Write to: with one fixed endpoint."),
        of(
            "trigger-queue",
            "${body}",
            "${bean:victim?method=pwn}",
            "20: The expression '${bean:victim?method=pwn}' reaches beyond the message. Look up one field of the body, a header or a variable; anything else is a bean's."),
        of(
            "trigger-queue",
            "        name: backups",
            "        name: backups # queue",
            "10: A comment stands below the first field, where a visual editor drops it. Move it to the top of the file, or into a description."),
        of(
            "trigger-operator",
            "uri: seda\n            parameters:\n              name: backups\n              size: 100\n              failIfNoConsumers: true",
            "uri: seda:backups?size=100",
            "13: The address 'seda:backups?size=100' is written in one piece. Write uri: seda, and the rest as parameters: below it."),
        of(
            "trigger-minute",
            "method: wakeAll",
            "method: wakeUp",
            "20: The bean 'schedules' has no method 'wakeUp' for routes. It has: wake, wakeAll."),
        of(
            "trigger-minute",
            "beanName: schedules",
            "beanName: schedule",
            "19: The bean 'schedule' is not there for routes. A route may ask: " + OFFERED + "."),
        of(
            "trigger-minute",
            "cron: 5 * * * * ?",
            "cron: 5 * * * *",
            "13: The cron text '5 * * * *' cannot be read. Write six fields: second, minute, hour, day, month, weekday, such as 0 0 2 * * ?."),
        of(
            "trigger-proof",
            "sql/claim-outbox.sql",
            "sql/claim.sql",
            "23: There is no statement classpath:sql/claim.sql. Correct the name: the shipped ones are in sql/."),
        of(
            "trigger-proof",
            "\"#journal\"",
            "\"#jurnal\"",
            "24: There is no bean 'jurnal'. Correct its name: a shipped route shows it."),
        of(
            "alarm-queue",
            "          headerFilterStrategy: \"#bean:noHeaders\"\n",
            "",
            "18: Whoever writes to this queue could set headers that steer Camel. Add headerFilterStrategy: \"#bean:noHeaders\" to its parameters."),
        of(
            "alarm-queue",
            "          pollStrategy: \"#bean:queueWatch\"\n",
            "",
            "18: Nobody would hear of it when this queue cannot be read. Add pollStrategy: \"#bean:queueWatch\" to its parameters."),
        of(
            "alarm-queue",
            "attributeNames: SentTimestamp",
            "messageAttributeNames: All",
            "24: Attributes that a foreigner names are asked for here. Remove messageAttributeNames: an event is its body."),
        of(
            "alarm-queue",
            "policy-intake",
            "policy-wake",
            "15: A failure that is handled takes the message off its queue. Write routeConfigurationId: policy-intake."),
        of(
            "alarm-webhook",
            "uri: direct\n      parameters:\n        name: alarm-webhook",
            "uri: aws2-sqs\n      parameters:\n        queueNameOrArn: some\n        headerFilterStrategy: \"#bean:noHeaders\"\n        pollStrategy: \"#bean:queueWatch\"",
            "4: Nobody could say whose queue it is that cannot be read. Begin the id with alarm-queue- and end it with the sender's name."),
        of(
            "alarm-webhook",
            "beanName: inbox\n              method: accept",
            "beanName: inbox\n              method: sweep",
            "3: Events come in here, and none of them would be kept. Let the bean inbox accept each, after the guard."),
        of(
            "alarm-queue",
            "beanName: inbox\n                      method: accept",
            "beanName: inbox\n                      method: sweep",
            "15: Events come in here, and none of them would be kept. Let the bean inbox accept each, after the guard."),
        of(
            "alarm-webhook",
            "beanName: guard\n              method: webhook",
            "beanName: inbox\n              method: accept",
            "13: An event would be kept that nobody has proven. Let the bean guard look at it first."),
        of(
            "notify-slack",
            "\"{{webhook}}\"",
            "https://hooks.slack.com/services/T/B/x",
            "34: A secret is written here as 'webhookUrl'. Change that secret, keep it elsewhere, and let the plan refer to it."),
        of(
            "notify-sns",
            "          - removeHeaders:\n              pattern: \"*\"\n",
            "",
            "41: Headers of the message reach aws2-sns as they came. Put removeHeaders with pattern \"*\" before it."),
        of(
            "verify-ask",
            "\"#scratch\"",
            "\"#journal\"",
            "23: SQL from a message may only run on the scratch copy. Write dataSource: \"#scratch\"."),
        of(
            "trigger-proof",
            "classpath:sql/claim-outbox.sql",
            "UPDATE hf_run SET state = 'PROVEN'",
            "23: SQL that a route brings along may not run on the journal. Name a shipped statement, as in query: classpath:sql/claim-outbox.sql."),
        of(
            "trigger-proof",
            "dataSource: \"#journal\"",
            "dataSource: \"#journal\"\n              onConsume: DELETE FROM hf_run",
            "25: SQL that a route brings along may not run on the journal. Name a shipped statement, as in query: classpath:sql/claim-outbox.sql."),
        of(
            "trigger-minute",
            "beanName: schedules",
            "beanName: accounts",
            "19: The bean 'accounts' is not there for routes. A route may ask: " + OFFERED + "."),
        of(
            "trigger-minute",
            "              method: wakeAll\n",
            "",
            "18: The bean 'schedules' has no method '' for routes. It has: wake, wakeAll."),
        of(
            "backup-run",
            "method: record",
            "method: prove",
            "47: The bean 'catalog' has no method 'prove' for routes. It has: record."),
        of(
            "backup-confirm",
            "ref: copies\n                  method: tags",
            "ref: runs\n                  method: succeed",
            "30: The bean 'runs' is not there for routes. A route may ask: " + OFFERED + "."),
        of(
            "backup-confirm",
            "ref: copies\n                  method: tags",
            "beanType: java.lang.Runtime\n                  method: exec",
            "30: The bean 'java.lang.Runtime' is not there for routes. A route may ask: "
                + OFFERED
                + "."),
        of(
            "backup-confirm",
            "CamelAwsS3Key",
            "CamelAwsS3Operation",
            "21: The header 'CamelAwsS3Operation' may not be set in a route. Of those that steer Camel, only these may: CamelAwsEventbridgeDetailType, "),
        of(
            "trigger-queue",
            "{{holdfast.backups-at-once:2}}",
            "{{bean:runs.succeed}}",
            "12: The placeholder '{{bean:runs.succeed}}' reaches beyond the plan. Name a parameter of this template, or a setting that begins with holdfast."),
        of(
            "trigger-queue",
            "${body}",
            "$simple{bean:accounts?method=add}",
            "20: The expression '$simple{bean:accounts?method=add}' reaches beyond the message. Look up one field of the body, a header or a variable; anything else is a bean's."),
        of(
            "policy-wake",
            "          exception:\n            - java.lang.Throwable\n",
            "          exception: [java.lang.Throwable]\n",
            "7: Braces or brackets stand here. Write one field or entry per line, as a visual editor does."));
  }

  private static Arguments of(String file, String from, String to, String expected) {
    return Arguments.of(file, from, to, expected);
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("mistakes")
  void each_mistake_gets_one_sentence_with_file_and_line(
      String name, String from, String to, String expected) {
    List<String> findings = findings(name, from, to);
    if (expected == null) {
      assertThat(findings).hasSize(1);
      return;
    }
    assertThat(findings).isNotEmpty();
    assertThat(findings.get(0)).startsWith(path(name) + ":" + expected);
  }

  private String path(String name) {
    return "routes/%s/%s.camel.yaml".formatted(name.substring(0, name.indexOf('-')), name);
  }

  private List<String> findings(String name, String from, String to) {
    List<RouteFile> files = new ArrayList<>();
    List<RouteFile> changed = new ArrayList<>();
    for (RouteFile file : rig.bean(RouteFiles.class).read()) {
      boolean edited = file.name().equals(name);
      assertThat(!edited || file.text().contains(from)).as("the text to change").isTrue();
      RouteFile now = edited ? new RouteFile(file.path(), file.text().replace(from, to)) : file;
      files.add(now);
      if (edited) {
        changed.add(now);
      }
    }
    return rig.bean(Examination.class).check(files, changed).stream()
        .map(Object::toString)
        .filter(finding -> finding.startsWith(path(name)))
        .toList();
  }
}
