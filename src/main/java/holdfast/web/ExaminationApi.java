package holdfast.web;

import holdfast.custody.AuditCopies;
import holdfast.custody.AuditVerdict;
import holdfast.journal.Audit;
import holdfast.plan.Checks;
import holdfast.plan.Finding;
import holdfast.plan.Home;
import holdfast.plan.PlanDrift;
import holdfast.plan.PlanLoader;
import holdfast.plan.Plans;
import holdfast.store.BucketStatus;
import holdfast.store.Buckets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be looked into: the plan as it is on disk, the audit, the buckets' own rules. */
@ApiController
@RequestMapping("/api/v1")
class ExaminationApi {

  private final Home home;
  private final Plans plans;
  private final Checks checks;
  private final PlanDrift drift;
  private final Audit audit;
  private final Buckets buckets;
  private final AuditCopies copies;

  ExaminationApi(
      Home home,
      Plans plans,
      Checks checks,
      PlanDrift drift,
      Audit audit,
      Buckets buckets,
      AuditCopies copies) {
    this.home = home;
    this.plans = plans;
    this.checks = checks;
    this.drift = drift;
    this.audit = audit;
    this.buckets = buckets;
    this.copies = copies;
  }

  /**
   * Findings over the files as they are now, not as they were when the service started; and which
   * of them are therefore not live.
   */
  @Needs(Role.OPERATOR)
  @GetMapping("/check")
  List<Finding> check(@RequestParam(required = false) @Nullable String room) {
    PlanLoader.Loaded loaded = new PlanLoader(home).load();
    if (room != null) {
      return checks.findings(loaded, room);
    }
    List<Finding> findings = new ArrayList<>(checks.findings(loaded));
    findings.addAll(drift.findings());
    return findings;
  }

  @Needs(Role.VIEWER)
  @GetMapping("/audit/verify")
  AuditVerdict audit() {
    return copies.compare();
  }

  /** Why the copies and the journal part. */
  record Reason(@Nullable String reason) {}

  @Needs(Role.ADMIN)
  @PostMapping("/audit/accept")
  AuditVerdict accept(@RequestBody Reason given, Principal caller) {
    copies.accept(caller.getName(), Given.text("reason", given.reason()));
    return copies.compare();
  }

  @Needs(Role.OPERATOR)
  @GetMapping("/stores/rules")
  List<BucketStatus> rules() {
    return buckets.status(plans);
  }

  @Needs(Role.ADMIN)
  @PostMapping("/stores/rules/apply")
  List<BucketStatus> apply(Principal caller) {
    audit.append(caller.getName(), "rules.apply", "stores", Map.of());
    return buckets.apply(plans);
  }
}
