package holdfast.camel;

import holdfast.plan.AssetId;

/**
 * Starts routes for whoever asks; each returns the run's id at once, by then recorded as QUEUED.
 *
 * <p>Every method throws {@link holdfast.journal.RunException} INVALID for a name that is not
 * there.
 */
public interface Starter {

  /** Starts a backup. */
  String backup(AssetId asset, String trigger, String actor);

  /** Starts a proof of a point id or {@code latest:SYSTEM/ASSET}. */
  String verify(String pointOrLatest, String actor);

  /** Starts a restore of a point id or {@code latest:SYSTEM/ASSET} into CONNECTION/DATABASE. */
  String restore(String pointOrLatest, String target, String actor);
}
