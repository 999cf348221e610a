package edu.cumc.aou.cli.page;

import edu.cumc.aou.sync.settings.Environment;
import java.time.ZoneId;
import java.util.List;

/**
 * What surrounds a run on its page.
 *
 * @param site the site's name; empty text if the settings give none
 * @param environment the sort of org that the settings mean
 * @param org the id of the org that the run wrote to
 * @param zone in which times are shown
 * @param version of the program
 * @param warnings what the reader must know first, such as an old last good sync
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
