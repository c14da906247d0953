// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/pages/statusapi.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationstatus.h"

namespace cycast
{

/// What the status does not hold.
struct MetricsExtras {
    qint64 underruns = 0;    ///< times the playlist could not be read fast enough
    double cpuSeconds = 0.0; ///< of this process since its start
};

/// GET /metrics: Prometheus text format 0.0.4. Nothing in it names a listener.
QByteArray metricsText(const StationStatus &status, const StationDescription &station,
                       const QList<ListenerFigures> &figures, const MetricsExtras &extras);

} // namespace cycast
