package holdfast.notify;

import holdfast.incident.Notice;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Contact;
import holdfast.plan.Plans;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whom a message of a channel reaches: the channel's own readers, and whoever is called. Pure. */
final class Readers {

  private final Plans plans;

  Readers(Plans plans) {
    this.plans = plans;
  }

  /** Mail addresses, without repeats. */
  List<String> addresses(ChannelSpec.Email channel, @Nullable Notice notice) {
    return all(channel.to(), notice, Contact::email);
  }

  /** Telephone numbers, without blanks and repeats. */
  List<String> numbers(ChannelSpec.Sms channel, @Nullable Notice notice) {
    return all(
        channel.to(),
        notice,
        contact -> contact.phone() == null ? null : contact.phone().replaceAll("[^+0-9]", ""));
  }

  private List<String> all(
      List<String> own, @Nullable Notice notice, Function<Contact, @Nullable String> way) {
    Set<String> readers = new LinkedHashSet<>();
    called(notice).stream().map(way).filter(Objects::nonNull).forEach(readers::add);
    readers.addAll(own);
    return List.copyOf(readers);
  }

  private List<Contact> called(@Nullable Notice notice) {
    if (notice == null) {
      return List.of();
    }
    return plans.systems().stream()
        .flatMap(
            system ->
                system.contacts().stream()
                    .filter(contact -> isCalled(notice, system.name(), contact.name())))
        .toList();
  }

  /** Of a message about several systems, each name stands behind its system's. */
  private static boolean isCalled(Notice notice, String system, String name) {
    return (system.equals(notice.system()) && notice.contacts().contains(name))
        || notice.contacts().contains(system + "/" + name);
  }
}
