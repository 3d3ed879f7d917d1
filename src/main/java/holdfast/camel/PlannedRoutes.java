package holdfast.camel;

import holdfast.camel.Instances.Wanted;
import holdfast.plan.Asset;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import holdfast.plan.Schedule;
import holdfast.plan.SecretMissingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the plan which routes its templates are to be made into. */
final class PlannedRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(PlannedRoutes.class);

  private final Plans plans;
  private final ChannelBeans beans;
  private final boolean alone;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  PlannedRoutes(Plans plans, ChannelBeans beans, boolean alone) {
    this.plans = plans;
    this.beans = beans;
    this.alone = alone;
  }

  /** Schedules, unless this process only runs one command, and every channel that can be opened. */
  List<Wanted> wanted() {
    List<Wanted> routes = new ArrayList<>();
    if (!alone) {
      plans.assets().forEach(asset -> asset.schedules().forEach(s -> add(routes, asset, s)));
    }
    plans.installation().channels().values().forEach(channel -> add(routes, channel));
    return routes;
  }

  private static void add(List<Wanted> routes, Asset asset, Schedule schedule) {
    if (!schedule.enabled()) {
      return;
    }
    String name = "%s-%s-%s".formatted(asset.id().system(), asset.id().asset(), schedule.name());
    routes.add(
        new Wanted(
            "trigger-schedule-" + name,
            "trigger-schedule",
            Map.of(
                "asset", asset.id().toString(),
                "name", name,
                "schedule", schedule.name(),
                "cron", wakeCron(schedule),
                "zone", schedule.zone().getId())));
  }

  /**
   * When Quartz wakes a schedule: at its minute and hour of every day, because the exact decision
   * is not Quartz's and its days of the week count differently.
   */
  static String wakeCron(Schedule schedule) {
    List<String> fields = schedule.fields();
    return "0 %s %s * * ?".formatted(fields.get(0), fields.get(1));
  }

  private void add(List<Wanted> routes, ChannelSpec channel) {
    try {
      Map<String, Object> parameters = new LinkedHashMap<>(beans.bind(channel));
      parameters.put("channel", channel.name());
      String template = "notify-" + kind(channel);
      routes.add(new Wanted(template + "-" + channel.name(), template, parameters));
      routes.add(
          new Wanted(
              "notify-poll-" + channel.name(), "notify-poll", Map.of("channel", channel.name())));
    } catch (SecretMissingException missing) {
      closed(channel, String.valueOf(missing.getMessage()));
    } catch (RuntimeException wrong) { // its words may show a secret that it was made of
      closed(channel, wrong.getClass().getSimpleName());
    }
  }

  private void closed(ChannelSpec channel, String why) {
    if (told.add(channel.name())) {
      LOG.warn("Channel {} stays closed: {}", channel.name(), why);
    }
  }

  /** The template that sends is called after the kind. */
  private static String kind(ChannelSpec channel) {
    if (channel instanceof ChannelSpec.SlackApp) {
      return "slack-app";
    }
    return channel instanceof ChannelSpec.StatusPage
        ? "status-page"
        : channel.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
