// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/listeners/listenersview.h"

#include "core/station/stationcontrol.h"
#include "ui/listeners/banactions.h"
#include "ui/listeners/leftlist.h"
#include "ui/listeners/leftmodel.h"
#include "ui/listeners/listenersfilter.h"
#include "ui/listeners/listenersmodel.h"
#include "ui/look/card.h"
#include "ui/look/humanize.h"
#include "ui/look/tablelook.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::Literals::StringLiterals;

namespace cycast
{

namespace
{
constexpr int sortAgainMs = 3'000;

/// As menus show it: the key behind the words.
QString withKey(const QString &text, QKeySequence::StandardKey key)
{
    return text + u'\t' + QKeySequence(key).toString(QKeySequence::NativeText);
}
} // namespace

ListenersView::ListenersView(StationControl &control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_model(new ListenersModel(this))
    , m_filter(new ListenersFilter(*m_model, this))
    , m_table(new QTableView(this))
    , m_left(new LeftList(this))
    , m_showLeft(new QToolButton(this))
    , m_search(new QLineEdit(this))
    , m_summary(new QLabel(this))
    , m_empty(new QLabel(this))
    , m_pages(new QStackedLayout)
{
    auto *card = new Card(tr("Listeners"), this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);

    m_search->setPlaceholderText(tr("Filter listeners"));
    m_search->setAccessibleName(tr("Filter listeners by id, address, player or state"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(fontMetrics().averageCharWidth() * 28);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setWords(text);
        showPage();
    });
    theme::setTone(m_summary, Tone::Neutral);
    m_summary->setTextFormat(Qt::PlainText);
    m_showLeft->setObjectName(u"showLeft"_s);
    m_showLeft->setText(tr("Left lately"));
    m_showLeft->setToolTip(tr("Who stopped listening, when, and why"));
    m_showLeft->setAccessibleName(tr("Show who left lately"));
    m_showLeft->setCheckable(true);
    m_showLeft->setProperty("boxed", true);
    connect(m_showLeft, &QToolButton::toggled, this, &ListenersView::showPage);
    card->addToHeader(m_showLeft);
    card->addToHeader(m_search);
    card->addToHeader(m_summary);

    buildTable();
    buildActions();
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    theme::setTone(m_empty, Tone::Neutral);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_left);
    card->body()->addLayout(m_pages, 1);
    setFocusProxy(m_table);

    m_sortTimer.setInterval(sortAgainMs);
    connect(&m_sortTimer, &QTimer::timeout, this, &ListenersView::sortAgain);
    connect(&control, &StationControl::listenersChanged, this, &ListenersView::receive);
    connect(&control, &StationControl::statusChanged, this, &ListenersView::showStatus);
    connect(&control, &StationControl::offAir, this, [this] {
        m_model->clear();
        showPage();
    });
    takeColours();
    showStatus(control.lastStatus());
    showPage();
}

ListenersView::~ListenersView() = default;

void ListenersView::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setObjectName(u"listenersTable"_s);
    m_table->setAccessibleName(tr("Listeners"));
    applyTableLook(*m_table);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);

    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSortIndicatorShown(true);
    // Widths from what the columns hold at most, in the font in force; nothing measures rows.
    const QStringList widest{u"00000"_s,      u"255.255.255.255"_s,        {},
                             u"00:00:00"_s,   u"9,999,999,999"_s,          u"999.9 kB/s"_s,
                             u"9 min 30 s"_s, tr("OK, skipped %1×").arg(9)};
    for (int column = 0; column < ListenersModel::ColumnCount; ++column) {
        const QString title = m_model->headerData(column, Qt::Horizontal).toString();
        const int text = std::max(fontMetrics().horizontalAdvance(widest.at(column)),
                                  fontMetrics().horizontalAdvance(title) + 10);
        header->resizeSection(column, text + (column == ListenersModel::State ? 28 : 12));
    }
    header->setMinimumSectionSize(fontMetrics().averageCharWidth() * 5);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ListenersModel::Id, Qt::AscendingOrder);
}

/// The player's name takes what the others leave, but never so little that nothing can be read.
void ListenersView::stretchPlayer()
{
    QHeaderView *header = m_table->horizontalHeader();
    int others = 0;
    for (int column = 0; column < ListenersModel::ColumnCount; ++column)
        others += column == ListenersModel::Player ? 0 : header->sectionSize(column);
    const int least = fontMetrics().averageCharWidth() * 14;
    header->resizeSection(ListenersModel::Player, std::max(least, m_table->viewport()->width() - others));
}

bool ListenersView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        stretchPlayer();
    if (watched == m_table &&
        (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        QAction *action = key->matches(QKeySequence::Copy)     ? m_copyAction
                          : key->matches(QKeySequence::Delete) ? m_removeAction
                                                               : nullptr;
        if (action) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                action->trigger();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ListenersView::buildActions()
{
    // Their keys are the table's own (see eventFilter): as shortcuts they would collide with those of the
    // playlist and of the menus.
    m_copyAction = new QAction(withKey(tr("Copy address"), QKeySequence::Copy), this);
    connect(m_copyAction, &QAction::triggered, this, &ListenersView::copyAddresses);
    m_removeAction = new QAction(withKey(tr("Remove listener"), QKeySequence::Delete), this);
    m_removeAction->setToolTip(tr("Closes this connection. Whoever was removed may connect again."));
    connect(m_removeAction, &QAction::triggered, this, &ListenersView::removeSelected);
    m_table->addActions({m_copyAction, m_removeAction});
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    const auto enable = [this] {
        const int count = static_cast<int>(m_table->selectionModel()->selectedRows().size());
        m_copyAction->setEnabled(count > 0);
        m_removeAction->setEnabled(count > 0);
        m_removeAction->setText(
            withKey(count > 1 ? tr("Remove %n listeners", nullptr, count) : tr("Remove listener"),
                    QKeySequence::Delete));
    };
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    enable();
}

void ListenersView::setBanList(BanList &list)
{
    m_bans = new BanActions(list, *m_model, *m_table, this);
}

int ListenersView::hitsOf(const Ban &ban) const
{
    return BanActions::hitsOf(ban, *m_model);
}

void ListenersView::banSelected(const Ban &ban)
{
    if (m_bans != nullptr)
        m_bans->ban(ban);
}

void ListenersView::showBans()
{
    if (m_bans != nullptr)
        m_bans->showAll();
}

void ListenersView::showStatus(const StationStatus &status)
{
    QString text;
    if (status.state == AirState::OnAir) {
        text = tr("%1 out  ·  %2 stalled")
                   .arg(humanize::rate(status.outBytesPerSecond), humanize::number(status.stalledListeners));
    }
    countHours(status);
    const int people = m_model->peopleCount();
    const QLocale locale = humanize::displayLocale();
    m_summary->setToolTip(
        tr("<p>%1 from %2. Most at once: %3. Together they have listened for %4 hours in "
           "this broadcast.</p>")
            .arg(humanize::listeners(m_model->rowCount()),
                 people == 1 ? tr("1 person") : tr("%1 people").arg(humanize::number(people)),
                 humanize::number(status.listenersPeak), locale.toString(m_listenerHours, 'f', 1)));
    if (status.state == AirState::OnAir && people < m_model->rowCount())
        text.prepend(tr("%1 people  ·  ").arg(humanize::number(people)));
    if (text != m_summary->text()) {
        m_summary->setText(text);
        theme::setTone(m_summary, status.stalledListeners > 0 ? Tone::Warning : Tone::Neutral);
    }
}

/// Listeners times hours, since the station went on the air.
void ListenersView::countHours(const StationStatus &status)
{
    constexpr double nsPerHour = 3.6e12;
    if (status.state != AirState::OnAir) {
        m_hoursClock.invalidate();
        return;
    }
    if (!m_hoursClock.isValid())
        m_listenerHours = 0.0;
    else
        m_listenerHours += status.listeners * static_cast<double>(m_hoursClock.nsecsElapsed()) / nsPerHour;
    m_hoursClock.start();
}

void ListenersView::receive(const ListenersUpdate &update)
{
    const bool isGrowing = !update.joined.isEmpty();
    m_model->apply(update, QDateTime::currentMSecsSinceEpoch());
    m_left->model().apply(update);
    // Newcomers stand at the end until they are put in their place.
    if (isGrowing)
        m_filter->sortAgain();
    showPage();
}

void ListenersView::showPage()
{
    const bool nobody = m_model->rowCount() == 0;
    const bool isLeft = m_showLeft->isChecked();
    QString text;
    if (isLeft)
        text = m_left->model().rowCount() == 0 ? tr("Nobody has left so far.") : QString();
    else if (nobody)
        text = tr("Nobody is listening yet. Share the link above.");
    else if (m_filter->rowCount() == 0)
        text = tr("No listener matches the filter.");
    m_empty->setText(text);
    m_pages->setCurrentIndex(!text.isEmpty() ? 1 : isLeft ? 2 : 0);
    // Before the first one has left there is nothing to offer.
    m_showLeft->setVisible(isLeft || m_left->model().rowCount() > 0);
    m_search->setVisible(!isLeft && (!nobody || !m_search->text().isEmpty()));
}

void ListenersView::takeColours()
{
    m_model->setStateColours(theme::good(), theme::critical());
}

void ListenersView::sortAgain()
{
    const int column = m_filter->sortColumn();
    const bool changes = column == ListenersModel::BytesSent || column == ListenersModel::Rate ||
                         column == ListenersModel::Behind || column == ListenersModel::State;
    // A menu is open or a button is down: nothing moves away from under the pointer.
    if (changes && QGuiApplication::mouseButtons() == Qt::NoButton && !QApplication::activePopupWidget())
        m_filter->sortAgain();
}

QList<quint64> ListenersView::selectedIds() const
{
    QList<quint64> ids;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        ids.append(index.data(ListenersModel::IdRole).toULongLong());
    return ids;
}

void ListenersView::removeSelected()
{
    for (const quint64 id : selectedIds())
        m_control.dropListener(id);
}

void ListenersView::copyAddresses()
{
    QStringList addresses;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows(ListenersModel::Address))
        addresses.append(index.data().toString());
    if (!addresses.isEmpty())
        QGuiApplication::clipboard()->setText(addresses.join(u'\n'));
}

void ListenersView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_sortTimer.start();
    m_control.watchListeners(true);
}

void ListenersView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_sortTimer.stop();
    m_control.watchListeners(false);
}

void ListenersView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_model)
        takeColours();
}

} // namespace cycast
