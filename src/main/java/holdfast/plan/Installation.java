package holdfast.plan;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * This installation, from the {@code holdfast:} part of {@code application.yml}: where things are.
 *
 * @param address where people find the pages, without a slash at its end; links in messages begin
 *     with it, and absent there are none
 * @param escalation who hears of incidents of systems that say nothing themselves
 * @param alarmTest when the way from an event to the people is tested; absent, by hand only
 * @param precautions against the silent end of Holdfast itself
 */
public record Installation(
    Map<String, StoreSpec> stores,
    Map<String, ConnectionSpec> connections,
    KeySpec keys,
    Map<String, ChannelSpec> channels,
    Map<String, SenderSpec> senders,
    JournalSpec journal,
    ScratchSpec scratch,
    List<AlarmRule> alarmRules,
    @Nullable URI address,
    List<EscalationLevel> escalation,
    @Nullable AlarmTest alarmTest,
    Precautions precautions) {

  /** One that tests its alarms by hand only, and takes no precautions. */
  public Installation(
      Map<String, StoreSpec> stores,
      Map<String, ConnectionSpec> connections,
      KeySpec keys,
      Map<String, ChannelSpec> channels,
      Map<String, SenderSpec> senders,
      JournalSpec journal,
      ScratchSpec scratch,
      List<AlarmRule> alarmRules,
      @Nullable URI address,
      List<EscalationLevel> escalation) {
    this(
        stores,
        connections,
        keys,
        channels,
        senders,
        journal,
        scratch,
        alarmRules,
        address,
        escalation,
        null,
        Precautions.NONE);
  }

  /** The same with other connections. */
  Installation withConnections(Map<String, ConnectionSpec> others) {
    return new Installation(
        stores,
        others,
        keys,
        channels,
        senders,
        journal,
        scratch,
        alarmRules,
        address,
        escalation,
        alarmTest,
        precautions);
  }
}
