/**
 * The command line {@code kmsctl}: one class per command, a few classes for what all commands share. Commands parse
 * their options, call the client library and render; nothing here knows how a request looks on the wire.
 */
package org.mckms.client.cli;
