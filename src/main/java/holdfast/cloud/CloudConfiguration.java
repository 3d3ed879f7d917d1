package holdfast.cloud;

import holdfast.journal.Audit;
import holdfast.plan.Secrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The beans of this room. */
@Configuration(proxyBeanMethods = false)
class CloudConfiguration {

  @Bean
  AwsSecrets awsSecrets() {
    return new AwsSecrets(() -> AwsSecrets.patient(SecretsManagerClient.builder()).build());
  }

  @Bean
  AlarmSetup alarmSetup(Secrets secrets, Audit audit) {
    return new AlarmSetup(secrets, CloudSettings.standard(), audit);
  }

  @Bean
  AlarmCheck alarmCheck(AlarmSetup setup) {
    return new AlarmCheck(setup);
  }
}
