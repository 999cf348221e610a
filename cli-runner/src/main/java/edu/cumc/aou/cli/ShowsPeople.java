package edu.cumc.aou.cli;

/**
 * A command that shows personal data whatever its options are: {@link Looks} lets it pass, and it
 * tells {@link Looks#enter} the people that it will show.
 */
interface ShowsPeople {}
