package holdfast.camel;

import holdfast.alarm.AlarmReader;
import holdfast.alarm.Guard;
import holdfast.alarm.Inbox;
import holdfast.alarm.OwnMark;
import holdfast.incident.Incidents;
import holdfast.incident.UnreadQueues;
import holdfast.journal.Audit;
import holdfast.journal.Transaction;
import holdfast.plan.Installation;
import holdfast.plan.Plans;
import holdfast.plan.Secrets;
import java.time.InstantSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way in for events: what its routes name, and who hands events to them. */
@Configuration(proxyBeanMethods = false)
class IngressConfiguration {

  @Bean
  Ingress ingress(
      Installation installation,
      Guard eventGuard,
      Routes routes,
      ProducerTemplate template,
      Receipts receipts) {
    return new RouteIngress(installation, eventGuard, routes::opened, template, receipts);
  }

  @Bean
  Receipts receipts(Inbox inbox) {
    return new Receipts(inbox);
  }

  @Bean
  KeptOnly keptOnly(Receipts receipts) {
    return new KeptOnly(receipts);
  }

  @Bean
  GuardSteps guard(Guard eventGuard, Incidents incidents) {
    return new GuardSteps(eventGuard, incidents::take);
  }

  @Bean
  Subscriptions subscriptions(
      Installation installation,
      CamelContext context,
      Secrets secrets,
      Targets targets,
      Audit audit) {
    ChannelBeans beans = new ChannelBeans(context.getRegistry(), secrets, targets);
    return new Subscriptions(installation, beans::sns, audit);
  }

  @Bean
  AlarmReading alarms(
      Transaction journal,
      Inbox inbox,
      Plans plans,
      OwnMark mark,
      Incidents incidents,
      InstantSource clock) {
    AlarmReader reader = new AlarmReader(plans, mark);
    return new AlarmReading(journal, inbox, reader::read, incidents::take, clock);
  }

  @Bean
  Marking ownMark(OwnMark mark) {
    return new Marking(mark);
  }

  @Bean
  NoHeaders noHeaders() {
    return new NoHeaders();
  }

  @Bean
  QueueWatch queueWatch(UnreadQueues unread, Receipts receipts) {
    return new QueueWatch(unread, receipts);
  }
}
