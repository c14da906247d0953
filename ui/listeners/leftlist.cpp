// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/leftlist.h"

#include "ui/listeners/leftmodel.h"
#include "ui/look/tablelook.h"

#include <QHeaderView>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

LeftList::LeftList(QWidget *parent)
    : QTableView(parent)
    , m_model(new LeftModel(this))
{
    setModel(m_model);
    setAccessibleName(tr("Listeners who left lately"));
    applyTableLook(*this);
    setHorizontalScrollMode(ScrollPerPixel);
    setTextElideMode(Qt::ElideRight);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    horizontalHeader()->setHighlightSections(false);
    int longestWhy = 0;
    for (int why = 0; why <= static_cast<int>(LeftBecause::OffAir); ++why)
        longestWhy = std::max(
            longestWhy, fontMetrics().horizontalAdvance(LeftModel::word(static_cast<LeftBecause>(why))));
    // Widths from what the columns hold at most, in the font in force.
    const QStringList widest{u"00:00:00"_s, u"255.255.255.255"_s, {}, u"00:00:00"_s, u"9,999,999,999"_s, {}};
    for (int column = 0; column < LeftModel::ColumnCount; ++column) {
        const QString title = m_model->headerData(column, Qt::Horizontal).toString();
        const int text =
            std::max({fontMetrics().horizontalAdvance(widest.at(column)),
                      fontMetrics().horizontalAdvance(title), column == LeftModel::Why ? longestWhy : 0});
        horizontalHeader()->resizeSection(column, text + 22);
    }
}

/// The player's name takes what the others leave, but never so little that nothing can be read.
void LeftList::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    int others = 0;
    for (int column = 0; column < LeftModel::ColumnCount; ++column)
        others += column == LeftModel::Player ? 0 : horizontalHeader()->sectionSize(column);
    horizontalHeader()->resizeSection(
        LeftModel::Player, std::max(fontMetrics().averageCharWidth() * 14, viewport()->width() - others));
}

} // namespace cycast
