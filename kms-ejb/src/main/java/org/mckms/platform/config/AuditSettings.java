package org.mckms.platform.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how often the audit trail is sealed.
 *
 * @param checkpointDirectory folder outside the database that receives every checkpoint
 * @param checkpointInterval  distance of two checkpoints while records arrive
 */
public record AuditSettings(Path checkpointDirectory, Duration checkpointInterval) {}
