package edu.cumc.aou.cli.page;

import edu.cumc.aou.cli.print.OutFile;
import edu.cumc.aou.sync.model.SyncException;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;

/** Writes the page of a run to a file that only its owner can read. */
public final class PageWriter {

  private PageWriter() {}

  /**
   * Writes the page; replaces an existing file once the new one is complete.
   *
   * @throws SyncException CONFIG if the file cannot be written
   */
  public static void write(RunPage page, OutFile file) {
    file.write(
        writer ->
            TemplateEngine.createPrecompiled(ContentType.Html)
                .render("run.jte", page, new WriterOutput(writer)),
        "");
  }
}
