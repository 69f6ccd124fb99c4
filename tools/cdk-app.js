// The app of cdk.json. The CDK runs a .js file with the Node that runs the CDK, whichever that is; from there on it is the pinned one.
process.argv.splice(2, 0, 'tools/cdk-app.ts');
await import('./run.mjs');
