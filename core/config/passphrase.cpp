// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settings.h"

#include <QRandomGenerator>

namespace cycast
{

using namespace Qt::Literals::StringLiterals;

namespace
{

/// 736 different words that are easily said, heard and typed. Four of them and a number of two digits
/// are 44.5 bits.
constexpr char kWords[] =
    "acorn alder alley almond alpine amber anchor ankle anthem apple apricot apron arbor arcade arch "
    "arctic armchair arrow artist ash atlas attic autumn avenue badger bakery balcony ballad ballet "
    "bamboo banana banjo barley barn barrel basil basin basket bassoon bazaar beach beacon beagle bean "
    "beaver bedrock beehive beetle bell bench berry bicycle birch biscuit bison blanket blossom bluebird "
    "boat bobbin bonfire bonnet bookshelf boot bottle boulder bouquet bowl bracket bramble branch brass "
    "bread breeze brick bridge bronze brook broom brush bubble bucket buckle buffalo bugle bumper "
    "bungalow butter button cabbage cabin cactus camel camera campfire canal canary candle canoe canvas "
    "canyon cape caramel caravan cardinal carnival carpet carrot cascade castle cavern cedar cello "
    "cement chalk channel chapel cheddar cherry chestnut chimney chisel chorus cider cinema cinnamon "
    "circle citrus clarinet clay cliff clinic cloak clock cloud clover cobalt cobble cocoa coconut "
    "coffee comet compass concert copper coral cork corner cottage cotton cougar courier cousin cradle "
    "crane crater crayon creek crescent cricket crimson crocus crown crystal cupboard curtain cushion "
    "cycle cymbal cypress daffodil dahlia daisy dancer dawn daylight deer delta denim desert dessert "
    "dewdrop diamond diary dinner dolphin donkey doorbell dove dragon drawer dream driftwood drum "
    "duckling dune dusk eagle early earth easel echo eclipse elbow elder elephant elm ember emerald "
    "engine envelope evening evergreen fabric falcon farmer feather fellow fennel fern ferry fiddle "
    "field fiesta fig filter finch firefly fireplace fjord flagpole flame flannel flint flock flora "
    "flour flute folder forest fork fossil fountain fox freckle freight friend frost fruit furnace "
    "galaxy gallery gallop garden garlic garnet gateway gazelle gecko ginger giraffe glacier glade "
    "glider globe glove goblet golden gondola goose gopher granite grape grass gravel gravy grove guitar "
    "gull gutter habit hamlet hammer hammock harbor harmony harp harvest hazel headland heather hedgehog "
    "helmet herald hermit heron hickory highland hilltop hinge holiday hollow honey hopper horizon "
    "hornet hotel hummingbird husky hyacinth iceberg icicle igloo indigo ink inlet iris iron island "
    "ivory ivy jacket jaguar jasmine jelly jigsaw jingle jockey jolly journal journey jungle juniper "
    "jury kangaroo kayak kelp kernel kestrel kettle keyboard kitchen kite kitten kiwi knapsack koala "
    "lace ladder ladle lagoon lantern larch lark lasso lattice laundry lavender leaflet leather legend "
    "lemon lentil leopard lettuce library lilac lily lime linen lion lizard llama lobster locket lodge "
    "lotus lullaby lumber lunar lynx lyric magnet magnolia magpie mahogany mallet mango mantle maple "
    "marble margin marigold marina market marsh meadow medal melody melon mercury meteor midnight mill "
    "mineral mint mirror mitten mocha molasses monsoon moon moose morning mosaic moss moth mountain "
    "muffin mulberry museum mushroom mustard napkin narrow nebula nectar needle nest nettle nickel "
    "nightfall noble noodle north notebook nugget nutmeg oak oasis oatmeal obelisk oboe ocean ocelot "
    "octave octopus olive onion opal opera orange orbit orchard orchid organ oriole osprey otter oval "
    "oven owl oyster paddle pagoda painter palace palette pancake panda panther papaya paper parade "
    "parcel parlor parrot parsley pasta pastry patio pavilion peach peanut pearl pebble pecan pelican "
    "pencil penguin pepper petal piano picnic pigeon pillow pilot pine pioneer pistachio pixel planet "
    "plaster plateau plaza plum plume pocket poem polar pollen pond pony poplar poppy porch portrait "
    "postcard potato pottery prairie pretzel prism puddle puffin pulley pumpkin puppet purple puzzle "
    "pyramid quail quarry quartz quiet quill quilt quince quiver rabbit raccoon radish raft rainbow "
    "raisin rapids raspberry raven reef reindeer ribbon ridge ripple river robin rocket rodeo rooster "
    "rosemary rowboat rubber ruby rudder runway rustic saddle saffron sage sailor salad salmon sandal "
    "sandstone sapphire satchel satin saturn sauce savanna scarf scarlet school scooter seagull seashell "
    "season sequoia sesame shadow shamrock shelter shepherd sherbet shore shovel silver skylark slate "
    "sleigh slipper smoky snail snowfall socket sofa solar sonata sonnet sparrow spider spinach spiral "
    "sponge spoon spring spruce squash squirrel stable stadium starfish station steeple stencil stone "
    "stork stream street summit sundial sunrise swallow swan sweater swing sycamore symbol syrup table "
    "tablet talent tambourine tango tapestry tavern teacup teapot temple tender terrace theater thicket "
    "thimble thistle thunder thyme tiger timber tinsel toast toffee tomato topaz tortoise toucan towel "
    "tractor trail train trellis trombone trophy trout truffle trumpet tulip tundra tunnel turnip "
    "turquoise turtle tuxedo twilight twine umber umbrella unicorn upland valley vanilla vapor velvet "
    "veranda vessel viaduct village vineyard viola violet violin vista volcano voyage waffle wagon "
    "walnut walrus waltz warbler water waterfall weaver whale wheat whisper whistle wicker willow window "
    "winter wisdom wisteria wolf woodland woolen wreath wren yarn yellow yodel yogurt zebra zephyr "
    "zigzag zinnia zipper";

} // namespace

QString generatePassphrase()
{
    static const QStringList words = QString::fromLatin1(kWords).split(' '_L1);
    auto *random = QRandomGenerator::system();
    QStringList parts;
    for (int i = 0; i < 4; ++i)
        parts += words[random->bounded(words.size())];
    parts += QString::number(random->bounded(10, 100));
    return parts.join('-'_L1);
}

} // namespace cycast
