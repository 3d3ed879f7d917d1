package holdfast.journal;

/** Why a run failed, in words that routes, messages and exit codes can rely on. */
public enum Code {
  /** The plan or the request is wrong. */
  INVALID,
  /** Another run of the asset is active. */
  BUSY,
  /** A source, store or service could not be reached or refused us. */
  UNREACHABLE,
  /** A password, key or permission was refused. */
  DENIED,
  /** A program is missing, too old or older than the server. */
  UNFIT_TOOL,
  /** A program exited with an error. */
  PROGRAM_FAILED,
  /** The bytes do not reach their true end. */
  TRUNCATED,
  /** Bytes, lengths, hashes or signatures disagree. */
  CORRUPT,
  /** A key is missing, expired or unusable. */
  NO_KEY,
  /** No progress within the allowed time. */
  STALLED,
  /** No room. */
  FULL,
  /** The evidence that a safety rule asks for is not there. */
  NO_EVIDENCE,
  /** Refused by a safety rule. */
  REFUSED,
  /** The lease was lost to another node. */
  FENCED,
  /** An operator cancelled the run. */
  CANCELLED,
  /** The process that owned the run ended before it did. */
  ABANDONED,
  /** A defect in Holdfast. */
  INTERNAL
}
