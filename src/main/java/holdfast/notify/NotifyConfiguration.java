package holdfast.notify;

import holdfast.incident.AckLinks;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the words. */
@Configuration(proxyBeanMethods = false)
public class NotifyConfiguration {

  @Bean
  Messages messages(Plans plans, AckLinks links) {
    return new Messages(plans, links);
  }

  @Bean
  NotifyCheck notifyCheck(Secrets secrets) {
    return new NotifyCheck(secrets);
  }
}
