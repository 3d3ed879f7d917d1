package holdfast.plan;

import java.util.Locale;

/** Events of AWS that Holdfast can listen to, one rule of EventBridge each. */
public enum AwsEvents {
  RDS,
  BACKUP,
  GUARDDUTY,
  CLOUDTRAIL,
  HEALTH,
  EC2,
  ECS,
  AUTOSCALING,
  CODEPIPELINE,
  ELASTICACHE;

  /** As operators write it, and as the rule's name ends. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
