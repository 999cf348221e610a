package edu.cumc.aou.cli;

/**
 * A command that shows personal data whatever its options are: {@link Looks} lets it pass, and it
 * tells {@link Looks#enter} whom it is about to show.
 */
interface ShowsPeople {}
