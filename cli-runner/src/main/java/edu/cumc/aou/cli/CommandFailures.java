package edu.cumc.aou.cli;

import edu.cumc.aou.cli.print.Deliveries;
import edu.cumc.aou.cli.print.JsonText;
import edu.cumc.aou.cli.print.Wrapped;
import edu.cumc.aou.runtime.CheckDocument;
import edu.cumc.aou.sync.check.CheckUpException;
import edu.cumc.aou.sync.config.ConfigSection;
import edu.cumc.aou.sync.model.FailureKind;
import edu.cumc.aou.sync.model.SyncException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports what stopped a command. It shows the text of an exception only if this program wrote it:
 * a driver or the platform may put a participant's data into theirs.
 */
final class CommandFailures {

  private final AouSync program;

  CommandFailures(AouSync program) {
    this.program = program;
  }

  /** Prints the failure and what to do next; returns the exit code. */
  int tell(Exception failure) {
    FailureKind kind = kindOf(failure);
    String message = isOurs(failure) ? String.valueOf(failure.getMessage()) : defect(failure);
    program.err().println(Wrapped.text("aou-sync: " + message, program.width()));
    if (failure instanceof SyncException e && e.retryAfter().isPresent()) {
      program
          .err()
          .println("  asked to be left alone for " + e.retryAfter().get().toSeconds() + " seconds");
    }
    program
        .deliveries()
        .forEach(d -> program.err().println(Wrapped.text("  " + d.line(), program.width())));
    if (program.verbose()) {
      trace(failure, "", Collections.newSetFromMap(new IdentityHashMap<>()));
    }
    if (program.json()) {
      var document = JsonText.object();
      document.put("exitCode", kind.exitCode());
      document.putObject("error").put("kind", ConfigSection.word(kind)).put("message", message);
      if (failure instanceof CheckUpException checkUp) {
        document.set("findings", CheckDocument.of(checkUp.findings()));
      }
      program.out().println(JsonText.text(Deliveries.addTo(document, program.deliveries())));
    }
    return kind.exitCode();
  }

  private static FailureKind kindOf(Exception failure) {
    if (failure instanceof SyncException e) {
      return e.kind();
    }
    return isOurs(failure) ? FailureKind.CONFIG : FailureKind.BUG;
  }

  private static boolean isOurs(Throwable failure) {
    return failure instanceof SyncException;
  }

  private static String defect(Exception failure) {
    StackTraceElement[] frames = failure.getStackTrace();
    String where = frames.length == 0 ? "" : " at " + frames[0];
    return "a defect of this program: "
        + failure.getClass().getSimpleName()
        + where
        + ". Run it again with --verbose and report what it prints; the next sync goes on with what"
        + " is left.";
  }

  private void trace(@Nullable Throwable failure, String heading, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return;
    }
    String text = isOurs(failure) ? ": " + failure.getMessage() : "";
    program.err().println(heading + failure.getClass().getName() + text);
    for (StackTraceElement frame : failure.getStackTrace()) {
      program.err().println("    at " + frame);
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      trace(suppressed, "suppressed: ", seen);
    }
    trace(failure.getCause(), "caused by: ", seen);
  }
}
