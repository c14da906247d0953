// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QNetworkInterface>

#include <functional>
#include <memory>

namespace cycast
{

/// This machine's network interfaces as they were three seconds ago at most. To list them is to ask the
/// kernel, which answers when whoever is changing one has done so: on a starved machine that took two
/// minutes. A thread of its own asks, and whoever let it ask waits a second at most; until it has its answer,
/// all others are told at once what was known before. Thread-safe.
class MachineInterfaces
{
public:
    using Ask = std::function<QList<QNetworkInterface>()>;

    /// `ask` in place of the kernel, for tests.
    explicit MachineInterfaces(Ask ask = QNetworkInterface::allInterfaces);

    /// `nowNs` as monotonicNs(): what was asked for more than three seconds before is asked for again.
    QList<QNetworkInterface> list(qint64 nowNs);

private:
    struct Known;

    std::shared_ptr<Known> m_known; ///< the thread that asks holds it too, and may outlive this
};

/// Of this process.
QList<QNetworkInterface> machineInterfaces();

} // namespace cycast
