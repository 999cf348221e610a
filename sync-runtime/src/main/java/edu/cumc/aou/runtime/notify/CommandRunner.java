package edu.cumc.aou.runtime.notify;

import edu.cumc.aou.runtime.notify.NotifySettings.Program;
import edu.cumc.aou.sync.config.ConfigSection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command, which gets the headline and the lines on its stdin and the rest in variables. It
 * inherits no variable of this program's, which may be secrets; its output is dropped.
 */
final class CommandRunner {

  private static final String OURS = "AOU_";

  private final Program settings;
  private final Path directory;

  CommandRunner(Program settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  void run(Notice notice, Duration limit) throws UndeliveredException {
    ProcessBuilder builder =
        new ProcessBuilder(settings.words())
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith(OURS));
    environment.put("AOU_NOTICE_OCCASION", ConfigSection.word(notice.occasion()));
    environment.put("AOU_NOTICE_RECOVERED", String.valueOf(notice.recovered()));
    environment.put("AOU_NOTICE_EXIT_CODE", String.valueOf(notice.exitCode()));
    environment.put("AOU_NOTICE_RUN", notice.run() == null ? "" : notice.run().toString());
    environment.put("AOU_NOTICE_SITE", notice.site());
    environment.put("AOU_NOTICE_ENVIRONMENT", ConfigSection.word(notice.environment()));
    environment.put("AOU_NOTICE_HEADLINE", notice.headline());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw UndeliveredException.forGood(
          "the command cannot be started; check notify.command.run, and that this user may run it");
    }
    try {
      await(process, notice, limit);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void await(Process process, Notice notice, Duration limit)
      throws UndeliveredException {
    try (OutputStream in = process.getOutputStream()) {
      // Short enough for any pipe, so that a command that does not read cannot block us.
      in.write((notice.headline() + "\n" + notice.text() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It does not read; its exit code tells the rest.
    }
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw UndeliveredException.forGood("the command did not end in time and was ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UndeliveredException.forGood("interrupted");
    }
    if (process.exitValue() != 0) {
      throw UndeliveredException.forGood(
          "the command ended with exit code " + process.exitValue() + "; try it by hand");
    }
  }
}
