package holdfast.plan;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One protected system, as its file in {@code systems/} declares it. */
public record SystemPlan(
    String name,
    String description,
    String version,
    String owner,
    @Nullable LocalDate lastReview,
    @Nullable LocalDate nextReview,
    List<Component> components,
    List<Asset> assets,
    List<ProbeSpec> probes,
    List<Contact> contacts,
    List<EscalationLevel> escalation,
    List<AlarmRule> alarms,
    Duty duty,
    List<AwsAlarms> awsAlarms,
    Origin origin) {}
