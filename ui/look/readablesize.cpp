// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/readablesize.h"

#include <QDialog>
#include <QLayout>

namespace cycast
{

void keepReadable(QDialog &dialog, int characters)
{
    QLayout *layout = dialog.layout();
    // What lies deeper tells those above it of its change with the next event only: from the inside out.
    const QList<QWidget *> widgets = dialog.findChildren<QWidget *>();
    for (auto it = widgets.crbegin(); it != widgets.crend(); ++it) {
        if (QLayout *inner = (*it)->layout()) {
            inner->invalidate();
            inner->activate();
            (*it)->updateGeometry();
        }
    }
    layout->invalidate();
    layout->activate();
    const int wanted = dialog.fontMetrics().averageCharWidth() * characters;
    const int width = qMax(wanted, layout->totalMinimumSize().width());
    const auto heightFor = [layout](int forWidth) {
        return layout->hasHeightForWidth() ? layout->totalMinimumHeightForWidth(forWidth)
                                           : layout->totalMinimumSize().height();
    };
    dialog.setMinimumSize(width, heightFor(width));
    if (dialog.width() < width || dialog.height() < dialog.minimumHeight())
        dialog.resize(dialog.size().expandedTo(dialog.minimumSize()));
}

} // namespace cycast
