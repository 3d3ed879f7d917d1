package holdfast.web;

import holdfast.incident.OnCall;
import holdfast.plan.Contact;
import holdfast.plan.EscalationLevel;
import holdfast.plan.Plans;
import holdfast.plan.SystemPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/** Who is called, and how, for programs. */
@ApiController
class ContactsApi {

  private final Plans plans;
  private final OnCall onCall;
  private final InstantSource clock;

  ContactsApi(Plans plans, OnCall onCall, InstantSource clock) {
    this.plans = plans;
    this.onCall = onCall;
    this.clock = clock;
  }

  /** One system's people. */
  record People(
      String system, List<OnCallNow> onCall, List<Person> contacts, List<Level> escalation) {}

  /** Who is on call in a rotation, until when. */
  record OnCallNow(String rotation, String person, Instant until) {}

  record Person(
      String name,
      String role,
      @Nullable String email,
      @Nullable String phone,
      List<String> deputies) {}

  /** An entry of the escalation; {@code when} in words, absent where it is for every incident. */
  record Level(
      int level,
      Duration after,
      @Nullable String when,
      List<String> contacts,
      List<String> channels) {}

  @Needs(Role.VIEWER)
  @GetMapping("/api/v1/contacts")
  List<People> contacts() {
    return plans.systems().stream().map(this::people).toList();
  }

  private People people(SystemPlan plan) {
    return new People(
        plan.name(),
        onCall.at(plan.name(), clock.instant()).stream()
            .map(watch -> new OnCallNow(watch.rotation(), watch.person(), watch.until()))
            .toList(),
        plan.contacts().stream().map(ContactsApi::person).toList(),
        plan.escalation().stream().map(ContactsApi::level).toList());
  }

  private static Person person(Contact contact) {
    return new Person(
        contact.name(), contact.role(), contact.email(), contact.phone(), contact.deputies());
  }

  private static Level level(EscalationLevel level) {
    return new Level(
        level.level(), level.after(), level.when().words(), level.contacts(), level.channels());
  }
}
