package edu.cumc.aou.runtime.secrets;

import java.util.Locale;

/** Why a secret could not be read. Its message holds nothing from a service. */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  enum Kind {
    /** There is none with that name. */
    UNKNOWN,
    /** It is marked for deletion, or is still being made. */
    NOT_USABLE,
    /** This program may not read it. */
    DENIED,
    /** Its key cannot be used. */
    UNDECIPHERABLE,
    /** This program has no credentials, or wrong ones. */
    NOT_LOGGED_IN,
    /** The region is unknown. */
    NO_REGION,
    /** No answer in time, or an unusable one. */
    UNREACHABLE,
    /** The service is busy or broken. */
    BUSY,
    /** It was refused for another reason. */
    REFUSED
  }

  private final Kind kind;

  Trouble(Kind kind) {
    super(kind.name().toLowerCase(Locale.ROOT), null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** Whether asking again in a moment may help. */
  boolean isPassing() {
    return kind == Kind.UNREACHABLE || kind == Kind.BUSY;
  }

  /** The meaning of an answer other than 200; the text is searched for codes and dropped. */
  static Trouble ofAnswer(int status, String text) {
    if (text.contains("ResourceNotFoundException") || text.contains("ParameterNotFound")) {
      return new Trouble(Kind.UNKNOWN);
    }
    if (text.contains("DecryptionFailure")
        || text.contains("InvalidKeyId")
        || text.contains("kms:Decrypt")
        || text.contains("Access to KMS")) {
      return new Trouble(Kind.UNDECIPHERABLE);
    }
    if (text.contains("AccessDenied")) {
      return new Trouble(Kind.DENIED);
    }
    if (text.contains("InvalidRequestException")) {
      return new Trouble(Kind.NOT_USABLE);
    }
    if (text.contains("ExpiredToken")
        || text.contains("UnrecognizedClient")
        || text.contains("InvalidSignature")
        || text.contains("IncompleteSignature")
        || text.contains("MissingAuthenticationToken")
        || text.contains("InvalidClientTokenId")) {
      return new Trouble(Kind.NOT_LOGGED_IN);
    }
    boolean busy =
        status >= 500
            || status == 429
            || text.contains("Throttl")
            || text.contains("not ready to serve traffic");
    return new Trouble(busy ? Kind.BUSY : Kind.REFUSED);
  }
}
