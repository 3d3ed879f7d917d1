package holdfast.notify;

import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the words. */
@Configuration(proxyBeanMethods = false)
public class NotifyConfiguration {

  @Bean
  Messages messages(Plans plans) {
    return new Messages(plans);
  }

  @Bean
  NotifyCheck notifyCheck(Secrets secrets) {
    return new NotifyCheck(secrets);
  }
}
