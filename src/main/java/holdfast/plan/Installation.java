package holdfast.plan;

import java.util.List;
import java.util.Map;

/**
 * This installation, from the {@code holdfast:} part of {@code application.yml}: where things are.
 */
public record Installation(
    Map<String, StoreSpec> stores,
    Map<String, ConnectionSpec> connections,
    KeySpec keys,
    Map<String, ChannelSpec> channels,
    Map<String, SenderSpec> senders,
    JournalSpec journal,
    ScratchSpec scratch,
    List<AlarmRule> alarmRules) {}
