package edu.cumc.aou.cli.page;

import edu.cumc.aou.sync.settings.Environment;
import java.time.ZoneId;
import java.util.List;

/**
 * What surrounds a run on its page.
 *
 * @param site what the site is called; empty text if the settings do not say
 * @param environment which sort of org the settings mean
 * @param org the id of the org that the run wrote to
 * @param zone in which times are shown
 * @param version of the program
 * @param warnings what to know before all else, such as that the last good sync is old
 */
public record PageFrame(
    String site,
    Environment environment,
    String org,
    ZoneId zone,
    String version,
    List<String> warnings) {

  public PageFrame {
    warnings = List.copyOf(warnings);
  }
}
