// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <memory>

namespace cycast
{

/// Before its socket is closed or given away. The notifier may be the sender of the running signal, so that
/// it must outlive this call; it goes with `owner` at the latest, when no event loop is left for
/// deleteLater.
inline void retire(std::unique_ptr<QSocketNotifier> &notifier, QObject *owner)
{
    if (!notifier)
        return;
    notifier->setEnabled(false);
    notifier->setParent(owner);
    notifier.release()->deleteLater();
}

} // namespace cycast
