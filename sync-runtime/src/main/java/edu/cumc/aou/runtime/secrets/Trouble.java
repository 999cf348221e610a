package edu.cumc.aou.runtime.secrets;

import java.util.Locale;

/** Why a secret was not to be had. Its message holds nothing that a service said. */
final class Trouble extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  enum Kind {
    /** There is none of that name. */
    UNKNOWN,
    /** It is there and marked for deletion, or is being made. */
    NOT_USABLE,
    /** This program may not read it. */
    DENIED,
    /** Its key may not be used, or cannot be. */
    UNDECIPHERABLE,
    /** This program does not say who it is, or says it wrongly. */
    NOT_LOGGED_IN,
    /** Nobody says in which region it is. */
    NO_REGION,
    /** No answer in time, or none that is one. */
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

  /** Whether asking once more in a moment may help. */
  boolean isPassing() {
    return kind == Kind.UNREACHABLE || kind == Kind.BUSY;
  }

  /** What an answer other than 200 means; the text is looked through for codes and dropped. */
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
